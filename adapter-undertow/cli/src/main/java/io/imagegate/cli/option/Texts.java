package io.imagegate.cli.option;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts the values of options and arguments that are texts or paths. */
public final class Texts {

    /** What is wrong with an empty text. */
    static final String EMPTY = "expected a value, got an empty one, as an unset variable is";

    private Texts() {}

    /** Rejects an empty text: as the name of a file it would be the working folder. */
    public static final class NotEmpty implements ITypeConverter<String> {

        @Override
        public String convert(String text) {
            if (text.isEmpty()) {
                throw new TypeConversionException(EMPTY);
            }
            return text;
        }
    }

    /** Converts the name of a file or folder, which is not empty. */
    public static final class NotEmptyPath implements ITypeConverter<Path> {

        @Override
        public Path convert(String text) {
            try {
                return Path.of(new NotEmpty().convert(text));
            } catch (InvalidPathException noPath) {
                throw new TypeConversionException("expected the name of a file or folder: " + noPath.getReason());
            }
        }
    }
}
