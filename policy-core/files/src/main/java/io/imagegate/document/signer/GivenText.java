package io.imagegate.document.signer;

import io.imagegate.document.file.BesideFile;
import io.imagegate.document.file.KeyElsewhere;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.YamlNode;
import java.util.Optional;
import java.util.function.Function;

/** Reads what a policy has either in itself, as text of several lines, or in a file beside it. */
final class GivenText {

    private final BesideFile files;
    private final String key;

    /** Makes a reader of mappings in which this key has text of the policy itself, and another one the name of a file. */
    GivenText(BesideFile files, String key) {
        this.files = files;
        this.key = key;
    }

    /** {@return what the text is; a parser's refusal is a problem of the file, or of the place in the policy} */
    <T> Optional<T> read(Fields fields, Function<String, T> parser) {
        return read(fields, parser, file -> files.read(file, parser));
    }

    /** {@return the same, of a file that may be no text} */
    <T> Optional<T> read(Fields fields, Function<String, T> parser, Function<YamlNode, Optional<T>> fromFile) {
        boolean inFile = fields.has("file");
        if (inFile == fields.has(key)) {
            if (inFile || !fields.hasUnknownKey()) {
                String found = inFile ? "file and " + key + ", " : "neither file nor " + key + ", ";
                fields.owner().problem(found + "expected exactly one of them");
            }
            return Optional.empty();
        }
        return inFile
                ? fields.require("file").flatMap(fromFile)
                : fields.require(key).filter(GivenText::isHere).flatMap(text -> text.parse(parser));
    }

    private static boolean isHere(YamlNode text) {
        return !text.isText() || !KeyElsewhere.isNamed(text);
    }
}
