package io.imagegate.document.signer;

import io.imagegate.document.file.BesideFile;
import io.imagegate.document.file.KeyElsewhere;
import io.imagegate.document.yaml.Fields;
import io.imagegate.document.yaml.YamlNode;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads PEM, which stands in the policy itself or in a file beside it. Names of keys in other systems are refused with the
 * command that prints the public key: nothing but files is read.
 */
final class PemReader {

    private static final String PEM = "pem";
    private static final String BEGIN = "-----BEGIN ";

    /** Key that other policies have for a key in another system. */
    private static final String KMS = "kms";

    private final GivenText texts;

    PemReader(BesideFile files) {
        this.texts = new GivenText(files, PEM);
    }

    /** {@return the fields of a mapping with file or pem, and perhaps others} */
    static Optional<Fields> fields(YamlNode item, String... others) {
        if (item.isText() && KeyElsewhere.isNamed(item)) {
            return Optional.empty();
        }
        if (item.isText() && item.written().startsWith(BEGIN)) {
            item.problem("PEM without a key, expected a mapping with the key pem, such as {pem: …}");
            return Optional.empty();
        }
        Optional<Fields> fields = item.fields(
                Stream.concat(Stream.of("file", PEM), Stream.of(others)).toArray(String[]::new));
        return fields.filter(read -> {
            read.get(KMS).ifPresent(KeyElsewhere::refuse);
            return !read.has(KMS);
        });
    }

    /** {@return what the PEM is} */
    <T> Optional<T> read(Fields fields, Function<String, T> parser) {
        return texts.read(fields, lines(parser));
    }

    /** {@return what the PEM is, of which a file may have another form} */
    <T> Optional<T> read(Fields fields, Function<String, T> parser, Function<YamlNode, Optional<T>> fromFile) {
        return texts.read(fields, lines(parser), fromFile);
    }

    /** A style of YAML that joins lines leaves nothing that can be read. */
    private static <T> Function<String, T> lines(Function<String, T> parser) {
        return text -> {
            if (text.contains(BEGIN) && text.strip().indexOf('\n') < 0) {
                throw new IllegalArgumentException("PEM in one line, expected its lines as they are: pem: |-");
            }
            return parser.apply(text);
        };
    }
}
