package io.imagegate.signature.log;

import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.crypto.MessageSource;
import io.imagegate.signature.encoding.Base64Text;
import io.imagegate.signature.encoding.Bytes;
import io.imagegate.signature.refusal.Refusal;
import io.imagegate.signature.trust.TrustedLog;
import io.imagegate.signer.SignatureFault;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A log's signed statement about the root of its tree (C2SP tlog-checkpoint): origin, size and root, then lines of other
 * meanings, an empty line, and signatures of the log and of witnesses.
 */
final class Checkpoint {

    private static final int LONGEST = 64 * 1024;
    private static final int SIGNATURES = 32;
    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,17}");

    private final String signed;
    private final String origin;
    private final long size;
    private final byte[] root;
    private final List<Line> signatures;

    private record Line(String name, Bytes keyId, Bytes signature) {}

    private Checkpoint(String signed, List<String> lines, List<Line> signatures) {
        this.signed = signed;
        origin = lines.get(0);
        size = Long.parseLong(lines.get(1));
        root = Base64Text.decode("the root of the checkpoint", lines.get(2));
        this.signatures = signatures;
    }

    static Checkpoint read(String note) {
        int split = note.indexOf("\n\n");
        if (note.length() > LONGEST || split < 0 || !note.endsWith("\n")) {
            throw malformed();
        }
        String signed = note.substring(0, split + 1);
        List<String> lines = List.of(signed.split("\n", -1));
        boolean complete = lines.size() >= 4
                && !lines.get(0).isEmpty()
                && SIZE.matcher(lines.get(1)).matches();
        if (!complete) {
            throw malformed();
        }
        List<Line> signatures = new ArrayList<>();
        String rest = note.substring(split + 2);
        for (String line : rest.isEmpty()
                ? List.<String>of()
                : List.of(rest.substring(0, rest.length() - 1).split("\n", -1))) {
            signatures.add(line(line));
        }
        if (signatures.size() > SIGNATURES) {
            throw Refusal.undecidable("the checkpoint has more than " + SIGNATURES + " signatures");
        }
        return new Checkpoint(signed, lines, signatures);
    }

    private static Line line(String text) {
        String[] parts = text.split(" ", -1);
        if (parts.length != 3 || !parts[0].equals("\u2014") || parts[1].isEmpty()) {
            throw malformed();
        }
        byte[] bytes = Base64Text.decode("a signature of the checkpoint", parts[2]);
        if (bytes.length < 5) {
            throw malformed();
        }
        return new Line(
                parts[1], Bytes.of(Arrays.copyOf(bytes, 4)), Bytes.of(Arrays.copyOfRange(bytes, 4, bytes.length)));
    }

    private static Refusal malformed() {
        return Refusal.violated(
                SignatureFault.LOG,
                "the checkpoint is not an origin, a size and a root, an empty line, and signatures");
    }

    long size() {
        return size;
    }

    boolean hasRoot(byte[] other) {
        return Arrays.equals(root, other);
    }

    /** {@return whether the log signed this: its key, under its name, about itself} */
    boolean isSignedBy(Crypto crypto, TrustedLog log) {
        byte[] id = Arrays.copyOf(log.id().array(), 4);
        MessageSource message = MessageSource.of(signed.getBytes(StandardCharsets.UTF_8));
        return signatures.stream()
                .filter(line -> line.keyId.isSame(id) && isNameOf(line.name, log))
                .anyMatch(line -> log.key().verifies(crypto, message, line.signature.array()));
    }

    /** The name is not signed, but the origin is: it is the name, or begins with it where a log has several trees. */
    private boolean isNameOf(String name, TrustedLog log) {
        return log.signsAs(name) && (origin.equals(name) || origin.startsWith(name + " - "));
    }
}
