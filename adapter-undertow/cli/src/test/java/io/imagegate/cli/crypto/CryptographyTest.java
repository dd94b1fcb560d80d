package io.imagegate.cli.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.imagegate.TestProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Which cryptography is chosen, and why. */
@Isolated
class CryptographyTest {

    private static final String GLIBC =
            "7f0000000000-7f0000001000 r-xp 00000000 fe:00 1    /lib/x86_64-linux-gnu/libc.so.6\n";
    private static final String OLD_GLIBC = "7f0000000000-7f0000001000 r-xp 00000000 fe:00 1    /lib64/libc-2.17.so\n";
    private static final String MUSL = "7f0000000000-7f0000001000 r-xp 00000000 fe:00 1    /lib/ld-musl-x86_64.so.1\n";

    @TempDir
    Path proc = Path.of("");

    @BeforeEach
    void glibc() throws IOException {
        maps(GLIBC);
    }

    private void maps(String content) throws IOException {
        Files.createDirectories(proc.resolve("self"));
        Files.writeString(proc.resolve("self/maps"), "5500-5600 r--p 0 00:00 0 [heap]\n" + content);
    }

    private void fips(String content) throws IOException {
        Files.createDirectories(proc.resolve("sys/crypto"));
        Files.writeString(proc.resolve("sys/crypto/fips_enabled"), content);
    }

    private String choose(Class<?> provider) {
        return Cryptography.install("auto", provider.getName(), new Machine(proc))
                .text();
    }

    @Test
    @DisplayName("auto takes a provider that can be loaded")
    void loaded() throws IOException {
        assertThat(choose(Good.class)).isEqualTo("Good 1.2");
        assertThat(Security.getProviders()[0].getName()).isEqualTo("Good");
        Security.removeProvider("Good");
        fips("0\n");
        maps(OLD_GLIBC);
        assertThat(choose(Good.class)).isEqualTo("Good 1.2");
        Security.removeProvider("Good");
    }

    @Test
    @DisplayName("where there is no /proc, loading alone decides")
    void otherSystems() {
        Cryptography chosen = Cryptography.install("auto", Good.class.getName(), new Machine(proc.resolve("nowhere")));
        Security.removeProvider("Good");
        assertThat(chosen.text()).isEqualTo("Good 1.2");
    }

    @Test
    @DisplayName("jdk takes none")
    void jdk() {
        assertThat(Cryptography.install("jdk", Good.class.getName(), new Machine(proc)))
                .isEqualTo(new Cryptography("the JDK's: IMAGEGATE_CRYPTO is jdk", false));
        assertThat(Security.getProvider("Good")).isNull();
    }

    @Test
    @DisplayName("a kernel in FIPS mode, or whose mode cannot be read, takes none")
    void fips() throws IOException {
        fips("1\n");
        assertThat(choose(Good.class)).isEqualTo("the JDK's: the kernel is in FIPS mode");
        Files.delete(proc.resolve("sys/crypto/fips_enabled"));
        Files.createDirectory(proc.resolve("sys/crypto/fips_enabled"));
        assertThat(choose(Good.class)).isEqualTo("the JDK's: the kernel is in FIPS mode");
        assertThat(Security.getProvider("Good")).isNull();
    }

    @Test
    @DisplayName("a C library other than glibc takes none")
    void musl() throws IOException {
        maps(MUSL);
        assertThat(choose(Good.class))
                .isEqualTo("the JDK's: the C library is not glibc, for which the provider is built");
        assertThat(Security.getProvider("Good")).isNull();
    }

    @Test
    @DisplayName("a provider that is not there, or cannot be loaded, is not registered")
    void notLoaded() {
        assertThat(Cryptography.install("auto", "com.example.Provider", new Machine(proc)))
                .isEqualTo(new Cryptography("the JDK's: Provider is not on the class path", false));
        Cryptography failed = Cryptography.install("auto", Failed.class.getName(), new Machine(proc));
        assertThat(failed.text())
                .isEqualTo("the JDK's: CryptographyTest$Failed could not be loaded: java.lang.UnsatisfiedLinkError: no"
                        + " such library\\n at all");
        assertThat(failed.failed()).isTrue();
        assertThat(Security.getProvider("Failed")).isNull();
        assertThat(Cryptography.install("auto", Broken.class.getName(), new Machine(proc))
                        .failed())
                .isTrue();
        assertThat(Cryptography.install("auto", String.class.getName(), new Machine(proc))
                        .failed())
                .isTrue();
    }

    @Test
    @DisplayName("a choice is auto or jdk")
    void choices() {
        assertThat(Cryptography.problem("auto")).isEmpty();
        assertThat(Cryptography.problem("jdk")).isEmpty();
        assertThat(Cryptography.problem("JDK")).hasValue("IMAGEGATE_CRYPTO: expected auto or jdk, got \"JDK\"");
        assertThat(Cryptography.problem("")).hasValue("IMAGEGATE_CRYPTO: expected auto or jdk, got \"\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cryptography.install("fast"))
                .withMessage("IMAGEGATE_CRYPTO: expected auto or jdk, got \"fast\"");
    }

    @Test
    @DisplayName("on this machine the provider of the tests is installed, once")
    void installed() {
        String text = Cryptography.install(Cryptography.AUTO).text();
        assertThat(text).matches("AmazonCorrettoCryptoProvider 2\\.\\d+\\.\\d+");
        assertThat(Cryptography.install(Cryptography.AUTO).text()).isEqualTo(text);
        assertThat(Security.getProviders()).extracting(Provider::getName).containsOnlyOnce(TestProvider.NAME);
        assertThat(Security.getProviders()[0].getName()).isEqualTo(TestProvider.NAME);
    }

    /** One whose native library is there. */
    public static final class Good extends Provider {

        private static final long serialVersionUID = 1L;
        public static final Good INSTANCE = new Good();

        private Good() {
            super("Good", "1.2", "for tests");
        }

        public @Nullable Throwable getLoadingError() {
            return null;
        }
    }

    /** One whose native library is not there. */
    public static final class Failed extends Provider {

        private static final long serialVersionUID = 1L;
        public static final Failed INSTANCE = new Failed();

        private Failed() {
            super("Failed", "1.2", "for tests");
        }

        public Throwable getLoadingError() {
            IllegalStateException gaveUp = new IllegalStateException("gave up");
            gaveUp.addSuppressed(new UnsatisfiedLinkError("no such library\n at all"));
            return gaveUp;
        }
    }

    /** One that cannot be initialized. */
    public static final class Broken extends Provider {

        private static final long serialVersionUID = 1L;
        public static final Broken INSTANCE = broken();

        private Broken() {
            super("Broken", "1.2", "for tests");
        }

        private static Broken broken() {
            throw new IllegalStateException("no");
        }
    }
}
