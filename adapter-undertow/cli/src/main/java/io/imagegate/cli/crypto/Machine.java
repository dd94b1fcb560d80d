package io.imagegate.cli.crypto;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Why the machine wants the cryptography of the JDK, whatever is on the class path.
 *
 * @param proc where the kernel says what it does: {@code /proc}; other systems than Linux have none
 */
record Machine(Path proc) {

    private static final Pattern GLIBC = Pattern.compile(".*/libc(\\.so\\.6|-2\\.[0-9]+\\.so)");

    /** {@return the reason; empty if there is none} */
    Optional<String> wantsJdk() {
        if (isInFipsMode()) {
            return Optional.of("the kernel is in FIPS mode");
        }
        return isGlibc()
                ? Optional.empty()
                : Optional.of("the C library is not glibc, for which the provider is built");
    }

    /** A file that cannot be read counts, too. */
    private boolean isInFipsMode() {
        Path mode = proc.resolve("sys/crypto/fips_enabled");
        try {
            return Files.exists(mode)
                    && !Files.readString(mode, StandardCharsets.ISO_8859_1)
                            .strip()
                            .equals("0");
        } catch (IOException unreadable) {
            return true;
        }
    }

    private boolean isGlibc() {
        Path mapped = proc.resolve("self/maps");
        if (Files.notExists(mapped)) {
            return true;
        }
        try (Stream<String> files = Files.lines(mapped, StandardCharsets.ISO_8859_1)) {
            return files.anyMatch(line -> GLIBC.matcher(line).matches());
        } catch (IOException unreadable) {
            return false;
        }
    }
}
