package io.imagegate.rule;

import io.imagegate.fact.PlatformImage;
import io.imagegate.text.SizeText;
import java.time.Instant;

/** The image must have at most this many bytes, compressed as it is pulled. */
record MaxSize(long bytes) implements EveryPlatform {

    MaxSize {
        if (bytes <= 0) {
            throw new IllegalArgumentException("maximum size " + bytes + ": expected a positive number of bytes");
        }
    }

    @Override
    public Finding check(PlatformImage image, String platform, Instant instant) {
        if (image.size().isEmpty()) {
            return Finding.violation(Message.SIZE_MISSING, platform);
        }
        long size = image.size().getAsLong();
        return size > bytes
                ? Finding.violation(Message.SIZE_TOO_LARGE, platform, Long.toString(size), SizeText.of(bytes))
                : Finding.satisfied();
    }
}
