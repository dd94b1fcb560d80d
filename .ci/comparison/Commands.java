package comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes command lines, a word in each line: commands, options, files that are there and that are not, images. */
final class Commands {

    private static final List<String> NAMES = List.of(
            "check", "check", "check", "check", "explain", "explain", "parse", "parse", "test", "pin", "verify-bundle", "inspect",
            "verify", "policy", "version", "help", "chekc");
    private static final List<String> FILES = List.of(
            "FOLDER/files/pods.yaml", "FOLDER/files/deployment.yaml", "FOLDER/files/good.yaml", "FOLDER/files/good.yaml",
            "FOLDER/files/list.json", "FOLDER/files/broken.yaml", "FOLDER/files/service.yaml", "FOLDER/files", "FOLDER/none.yaml");
    private static final List<String> POLICIES = List.of(
            "FOLDER/production.yaml", "FOLDER/production.yaml", "builtin:restricted", "FOLDER/files/broken.yaml", "FOLDER/none.yaml");
    private static final List<String> IMAGES = List.of(
            "ghcr.io/acme/api:2.3.0", "ghcr.io/acme/api:2.3.0", "nginx:1.27.3", "nginx:1.27.3", "nginx", "redis:latest",
            "ghcr.io/acme/api@" + SignatureReaders.DIGEST, "quay.io/a/b:v1", "Bad Image", "", "-x");
    private static final List<String> BUNDLES = List.of(
            "FOLDER/bundles/key.sigstore.json", "FOLDER/bundles/keyless-1.sigstore.json", "FOLDER/files/list.json", "FOLDER/none");

    private final Random random = new Random(20261128);

    String next() {
        List<String> words = new ArrayList<>();
        String name = pick(NAMES);
        words.add(name);
        switch (name) {
            case "check" -> {
                some(words, 2, "-p", POLICIES);
                some(words, 3, "-o", List.of("text", "json", "sarif", "xml"));
                some(words, 4, "-n", List.of("prod", "dev", "kube-system", "No_Name"));
                some(words, 8, "--ignore-kind", List.of("Service", "*.acme.example", "["));
                some(words, 8, "--registries", List.of("FOLDER/files/registries.yaml", "FOLDER/none.yaml"));
                some(words, 8, "--image", IMAGES);
                some(words, 8, "--exclude", List.of("**/broken.yaml", "*.json"));
                flag(words, 6, "--allow-empty");
                flag(words, 8, "--diff");
                several(words, random.nextBoolean() ? FILES : IMAGES);
            }
            case "explain" -> {
                some(words, 2, "-p", POLICIES);
                some(words, 4, "-n", List.of("prod", "kube-system", ""));
                words.add(pick(IMAGES));
            }
            case "parse" -> several(words, IMAGES);
            case "test" -> {
                some(words, 2, "-o", List.of("text", "junit", "json"));
                some(words, 4, "--case", List.of("*", "no*", "nothing"));
                several(words, List.of("FOLDER/files/tests.yaml", "FOLDER/files/tests.yaml", "FOLDER/files/failing.yaml", "FOLDER/files"));
            }
            case "pin" -> {
                words.add("--diff");
                some(words, 1, "--registries", List.of("FOLDER/files/registries.yaml"));
                flag(words, 4, "--partial");
                several(words, FILES);
            }
            case "verify-bundle" -> {
                some(words, 1, "--bundle", BUNDLES);
                some(words, 2, "--key", List.of("FOLDER/bundles/key1.pub", "FOLDER/p256.pub", "FOLDER/none.pub"));
                some(words, 2, "--trusted-root", List.of("FOLDER/bundles/trusted-root.json", "FOLDER/files/good.yaml"));
                some(words, 4, "--certificate-identity", List.of("*@example.com", "jane@example.com"));
                some(words, 4, "--certificate-oidc-issuer", List.of("https://issuer.example"));
                words.add(pick(List.of(SignatureReaders.DIGEST.toString(), "FOLDER/files/good.yaml", "FOLDER/none")));
            }
            case "inspect", "verify" -> {
                some(words, 1, "--registries", List.of("FOLDER/files/registries.yaml", "FOLDER/none.yaml"));
                some(words, 2, "--key", List.of("FOLDER/p256.pub", "FOLDER/none.pub"));
                some(words, 3, "-o", List.of("json", "text", "yaml"));
                words.add(pick(IMAGES));
            }
            case "policy" -> {
                words.add(pick(List.of("list", "show", "print")));
                flag(words, 2, "builtin:baseline");
            }
            case "help" -> flag(words, 1, pick(NAMES));
            default -> flag(words, 8, "x");
        }
        if (random.nextInt(20) == 0) {
            words.add(random.nextInt(words.size() + 1), pick(List.of("--help", "--unknown", "-x", "--", "--policy")));
        }
        return String.join("\n", words);
    }

    /** An option in one of so many. */
    private void some(List<String> words, int oneIn, String option, List<String> values) {
        if (random.nextInt(oneIn) == 0) {
            words.add(option);
            words.add(pick(values));
        }
    }

    private void flag(List<String> words, int oneIn, String word) {
        if (random.nextInt(oneIn) == 0) {
            words.add(word);
        }
    }

    private void several(List<String> words, List<String> values) {
        for (int i = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(2); i > 0; i--) {
            words.add(pick(values));
        }
    }

    private String pick(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }
}
