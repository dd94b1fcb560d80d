package io.imagegate.cli.crypto;

import io.imagegate.text.SafeText;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Optional;

/**
 * Which cryptography the process uses. The JDK's is the default; Amazon Corretto Crypto Provider, which is several times as fast, is
 * used where it is on the class path and its native library can be loaded. It is a provider of the whole JVM: what it lacks, or does
 * not do for a key, is done by the next one.
 *
 * @param text who it is of, and why if it is the JDK's; for people
 * @param failed whether the provider is on the class path and could not be loaded
 */
public record Cryptography(String text, boolean failed) {

    /** The environment variable that says which. */
    public static final String VARIABLE = "IMAGEGATE_CRYPTO";

    /** The choice of whichever can be used, which is the default. */
    public static final String AUTO = "auto";

    private static final String JDK = "jdk";
    private static final int SHOWN = 40;
    private static final int LONGEST_REASON = 300;

    private static final String PROVIDER = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";
    private static final Machine MACHINE = new Machine(Path.of("/proc"));

    /** {@return what is wrong with a choice, in a sentence; empty if it is {@code auto} or {@code jdk}} */
    public static Optional<String> problem(String choice) {
        return List.of(AUTO, JDK).contains(choice)
                ? Optional.empty()
                : Optional.of(
                        VARIABLE + ": expected " + AUTO + " or " + JDK + ", got " + SafeText.quote(choice, SHOWN));
    }

    /**
     * Installs the provider if it can be used, before all others; once it is, this changes nothing.
     *
     * @param choice {@code auto} or {@code jdk}
     * @return what the process uses
     * @throws IllegalArgumentException if it is another choice
     */
    public static Cryptography install(String choice) {
        return install(choice, PROVIDER, MACHINE);
    }

    static Cryptography install(String choice, String provider, Machine machine) {
        problem(choice).ifPresent(sentence -> {
            throw new IllegalArgumentException(sentence);
        });
        if (!choice.equals(AUTO)) {
            return ofJdk(VARIABLE + " is " + choice);
        }
        return machine.wantsJdk().map(Cryptography::ofJdk).orElseGet(() -> installed(provider));
    }

    private static Cryptography ofJdk(String why) {
        return new Cryptography("the JDK's: " + why, false);
    }

    private static Cryptography failed(String name, Throwable error) {
        // The provider's own error says that it gave up, the one within that the library is not there or is unfit.
        Throwable why = error.getSuppressed().length > 0 ? error.getSuppressed()[0] : error;
        String reason = SafeText.escape(SafeText.cut(String.valueOf(why), LONGEST_REASON));
        return new Cryptography("the JDK's: " + name + " could not be loaded: " + reason, true);
    }

    private static Cryptography installed(String provider) {
        String name = provider.substring(provider.lastIndexOf('.') + 1);
        try {
            Class<?> type = Class.forName(provider);
            Provider instance = (Provider) type.getField("INSTANCE").get(null);
            Throwable error = (Throwable) type.getMethod("getLoadingError").invoke(instance);
            if (error != null) {
                return failed(name, error);
            }
            Security.insertProviderAt(instance, 1);
            return new Cryptography(instance.getName() + " " + instance.getVersionStr(), false);
        } catch (ClassNotFoundException none) {
            return ofJdk(name + " is not on the class path");
        } catch (ReflectiveOperationException | LinkageError | ClassCastException unusable) {
            return failed(name, unusable);
        }
    }
}
