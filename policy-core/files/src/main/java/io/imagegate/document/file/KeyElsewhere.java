package io.imagegate.document.file;

import io.imagegate.document.yaml.YamlNode;
import java.util.regex.Pattern;

/** Refuses names of keys in other systems, which are not contacted, with the command that prints the public key. */
public final class KeyElsewhere {

    /** Keys in systems that cosign knows. */
    private static final Pattern NAME = Pattern.compile("([a-z0-9]*kms|pkcs11):.*|(hashivault|k8s|gitlab|azure)://?.*");

    private KeyElsewhere() {}

    /** {@return whether a text names such a key, which is then recorded as a problem} */
    public static boolean isNamed(YamlNode text) {
        boolean named = NAME.matcher(text.written()).matches();
        if (named) {
            refuse(text);
        }
        return named;
    }

    /** Records that a value names such a key. */
    public static void refuse(YamlNode value) {
        String name = value.isText() ? YamlNode.quote(value.written()) : "KEY";
        value.problem(
                name + " names a key in another system, which is not contacted; expected its public key as pem or in a"
                        + " file: cosign public-key --key " + name + " prints it");
    }
}
