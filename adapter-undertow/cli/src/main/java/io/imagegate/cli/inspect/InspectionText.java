package io.imagegate.cli.inspect;

import io.imagegate.fact.ImageMetadata;
import io.imagegate.fact.PlatformImage;
import io.imagegate.reference.Digest;
import io.imagegate.registry.oci.Manifest;
import io.imagegate.text.SafeText;
import io.imagegate.text.ShownText;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Text for people. What the registry wrote is escaped and cut. */
public final class InspectionText {

    private static final int LONGEST_TEXT = 300;
    private static final int MOST_TEXTS = 100;
    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private final PrintWriter out;
    private final Instant now;

    /**
     * Creates a writer.
     *
     * @param out where it writes
     * @param now the time from which ages count
     */
    public InspectionText(PrintWriter out, Instant now) {
        this.out = out;
        this.now = now;
    }

    /**
     * Writes all that is known.
     *
     * @param found what the registry has
     */
    public void write(Inspection found) {
        line("", "image", found.image().canonical());
        found.manifest().value().ifPresent(this::manifest);
        found.metadata().value().ifPresent(known -> {
            line("", "platforms", platforms(known));
            texts("", "annotations", known.annotations());
            known.images().forEach(image -> image(known, image));
        });
        found.signatures().ifPresent(signatures -> SignatureTree.write(out, signatures));
    }

    /**
     * Writes the digests by which the content can be denied, as a list for {@code denyDigests: {file: FILE}}.
     *
     * @param found what the registry has
     */
    public void writeDigests(Inspection found) {
        Map<Digest, String> platforms = found.metadata().value().stream()
                .flatMap(known -> known.images().stream())
                .collect(Collectors.toMap(PlatformImage::digest, PlatformImage::platform, (one, other) -> one));
        boolean first = true;
        for (Digest digest : found.digests()) {
            String comment = first ? found.image().canonical() : platforms.getOrDefault(digest, "no platform");
            out.println(digest + " # " + shown(comment));
            first = false;
        }
    }

    private void manifest(Manifest manifest) {
        line("", "digest", manifest.digest().toString());
        line("", "media type", manifest.mediaType());
    }

    private static String platforms(ImageMetadata known) {
        return known.images().stream().map(PlatformImage::platform).collect(Collectors.joining(", "));
    }

    private void image(ImageMetadata whole, PlatformImage image) {
        boolean listed = !image.digest().equals(whole.digest());
        out.println();
        out.println(shown(image.platform()));
        if (listed) {
            line("  ", "digest", image.digest().toString());
        }
        line("  ", "created", image.created().map(this::age).orElse("not told"));
        line("  ", "size", image.size().isPresent() ? size(image.size().getAsLong()) : "not told");
        texts("  ", "labels", image.labels());
        if (listed) {
            texts("  ", "annotations", image.annotations());
        }
    }

    private String age(Instant created) {
        long days = Duration.between(created, now).toDays();
        String age = created.isAfter(now) ? "in the future" : days == 1 ? "1 day ago" : days + " days ago";
        return created + " (" + age + ")";
    }

    private static String size(long bytes) {
        double size = bytes;
        int unit = -1;
        while (size >= 1_024 && unit < UNITS.length - 1) {
            size /= 1_024;
            unit++;
        }
        return unit < 0 ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f %s (%d bytes)", size, UNITS[unit], bytes);
    }

    private void texts(String indent, String name, Map<String, String> texts) {
        if (texts.isEmpty()) {
            return;
        }
        out.println(indent + name);
        new TreeMap<>(texts)
                .entrySet().stream()
                        .limit(MOST_TEXTS)
                        .forEach(text ->
                                out.println(indent + "  " + shown(text.getKey()) + ": " + shown(text.getValue())));
        if (texts.size() > MOST_TEXTS) {
            out.println(indent + "  and " + (texts.size() - MOST_TEXTS) + " more");
        }
    }

    private void line(String indent, String name, String value) {
        out.println(indent + String.format("%-12s", name) + shown(value));
    }

    private static String shown(String text) {
        String cut = SafeText.cut(text, LONGEST_TEXT);
        return ShownText.escape(cut) + (cut.length() < text.length() ? "… (" + text.length() + " characters)" : "");
    }
}
