package comparison;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Layers in which cosign and Notation keep signatures, as recorded: a line with the media type, lines with annotations
 * (a name and the base64 of the value), an empty line, and the content.
 */
final class Layers {

    private static final Pattern LAYER = Pattern.compile("\\{[^{}]*\"digest\":\"sha256:([0-9a-f]{64})\"[^{}]*"
            + "(?:\"annotations\":\\{((?:\"(?:[^\"\\\\]|\\\\.)*\"[:,]?)*)\\})?[^{}]*\\}");
    private static final Pattern TYPE = Pattern.compile("\"mediaType\":\"([^\"]+)\"");
    private static final Pattern SIGNATURE = Pattern.compile("simplesigning|dsse|sigstore\\.bundle|jose\\+json|/cose");
    private static final Pattern ANNOTATION =
            Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\":\"((?:[^\"\\\\]|\\\\.)*)\"");

    private Layers() {}

    static List<byte[]> of(List<byte[]> stored) {
        Map<String, byte[]> byDigest = new HashMap<>();
        stored.forEach(bytes -> byDigest.put(digest(bytes), bytes));
        List<byte[]> layers = new ArrayList<>();
        for (byte[] manifest : stored) {
            String text = Documents.text(manifest);
            if (text.startsWith("{") && text.contains("\"layers\"")) {
                LAYER.matcher(text.substring(text.indexOf("\"layers\""))).results().forEach(layer -> {
                    byte[] content = byDigest.get(layer.group(1));
                    if (content != null && SIGNATURE.matcher(layer.group()).find()) {
                        layers.add(document(layer, content));
                    }
                });
            }
        }
        return layers;
    }

    private static byte[] document(MatchResult layer, byte[] content) {
        StringBuilder head = new StringBuilder(
                TYPE.matcher(layer.group()).results().map(type -> type.group(1)).findFirst().orElse("") + "\n");
        if (layer.group(2) != null) {
            ANNOTATION.matcher(layer.group(2)).results().forEach(annotation -> head.append(annotation.group(1))
                    .append(' ')
                    .append(Base64.getEncoder().encodeToString(Documents.bytes(unescaped(annotation.group(2)))))
                    .append('\n'));
        }
        byte[] start = Documents.bytes(head + "\n");
        byte[] document = java.util.Arrays.copyOf(start, start.length + content.length);
        System.arraycopy(content, 0, document, start.length, content.length);
        return document;
    }

    private static String unescaped(String json) {
        return json.replace("\\n", "\n").replace("\\\"", "\"").replace("\\/", "/").replace("\\\\", "\\");
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
