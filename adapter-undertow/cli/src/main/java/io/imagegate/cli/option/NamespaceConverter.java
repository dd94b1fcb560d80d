package io.imagegate.cli.option;

import io.imagegate.text.Names;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts the name of a namespace, which is not empty. */
final class NamespaceConverter implements ITypeConverter<String> {

    @Override
    public String convert(String text) {
        try {
            return Names.requireNamespace(new Texts.NotEmpty().convert(text));
        } catch (IllegalArgumentException wrong) {
            throw new TypeConversionException(String.valueOf(wrong.getMessage()));
        }
    }
}
