package io.imagegate.rule;

import io.imagegate.fact.ImageMetadata;
import io.imagegate.fact.PlatformImage;
import io.imagegate.text.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** There must be an image for each of these platforms. */
record PlatformsPresent(List<String> platforms) implements Rule {

    private static final Pattern FORM = Pattern.compile("[a-z0-9]+/([a-z0-9]+)(/[a-z0-9.]+)?");

    /** Names that other programs have for architectures; no image is for one of these. */
    private static final Map<String, String> FOREIGN =
            Map.of("aarch64", "arm64", "x86_64", "amd64", "x64", "amd64", "i386", "386", "armhf", "arm");

    private static final int MOST_SHOWN = 8;

    PlatformsPresent {
        if (platforms.isEmpty()) {
            throw new IllegalArgumentException("platforms of an image: expected at least one, got none");
        }
        platforms.forEach(PlatformsPresent::check);
        platforms = List.copyOf(platforms);
    }

    private static void check(String platform) {
        String[] parts = platform.split("/", -1);
        String meant = parts.length > 1 ? FOREIGN.get(parts[1]) : null;
        if (meant != null || !FORM.matcher(platform).matches()) {
            throw new IllegalArgumentException("platform " + SafeText.quote(platform, EveryPlatform.SHOWN)
                    + ": expected an operating system and an architecture, such as linux/amd64, and perhaps a variant,"
                    + " such as linux/arm/v7"
                    + (meant == null ? "" : " (did you mean " + meant + "?)"));
        }
    }

    @Override
    public Finding check(Candidate image) {
        return Finding.of(image.facts().metadata(), this::check);
    }

    private Finding check(ImageMetadata metadata) {
        List<String> present = metadata.images().stream()
                .map(PlatformImage::platform)
                .map(PlatformsPresent::normal)
                .toList();
        return platforms.stream()
                .filter(platform -> !present.contains(normal(platform)))
                .findFirst()
                .map(missing -> Finding.violation(Message.PLATFORM_MISSING, missing, shown(metadata.images())))
                .orElse(Finding.satisfied());
    }

    /** Without the variant that an architecture has if none is written, as container runtimes compare platforms. */
    private static String normal(String platform) {
        return switch (platform.substring(platform.indexOf('/') + 1)) {
            case "amd64/v1", "arm64/v8", "arm/v7" -> platform.substring(0, platform.lastIndexOf('/'));
            default -> platform;
        };
    }

    private static List<String> shown(List<PlatformImage> images) {
        List<String> shown = new ArrayList<>();
        images.stream()
                .limit(MOST_SHOWN)
                .forEach(image -> shown.add(SafeText.quote(image.platform(), EveryPlatform.SHOWN)));
        if (images.size() > MOST_SHOWN) {
            shown.add("…");
        }
        return shown;
    }
}
