package io.imagegate;

import java.security.Provider;
import java.security.Security;
import java.util.Optional;

/**
 * Amazon Corretto Crypto Provider, with which the tests of a module that has it run, as the server does. {@code
 * -Dimagegate.crypto=jdk} runs them without it.
 */
public final class TestProvider {

    public static final String NAME = "AmazonCorrettoCryptoProvider";

    private static final boolean WANTED =
            !System.getProperty("imagegate.crypto", "auto").equals("jdk");

    private TestProvider() {}

    /** {@return whether the tests of a module that has the provider run with it} */
    public static boolean isWanted() {
        return WANTED;
    }

    /** Installs the provider before the JDK's, if this module has it. */
    public static void install() {
        instance().ifPresent(provider -> Security.insertProviderAt(provider, 1));
    }

    /** {@return the provider, if this module has it} */
    public static Optional<Provider> instance() {
        try {
            Class<?> type = Class.forName("com.amazon.corretto.crypto.provider." + NAME);
            Provider provider = (Provider) type.getField("INSTANCE").get(null);
            Throwable error = (Throwable) type.getMethod("getLoadingError").invoke(provider);
            if (error != null) {
                throw new IllegalStateException(NAME + " could not be loaded", error);
            }
            return Optional.of(provider);
        } catch (ClassNotFoundException none) {
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
