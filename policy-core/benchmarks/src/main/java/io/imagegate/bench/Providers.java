package io.imagegate.bench;

import java.security.Provider;
import java.security.Security;

/** Whose cryptography a process uses. */
final class Providers {

    private static final String CORRETTO = "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

    private Providers() {}

    /** Installs the provider {@code corretto} before those of the JDK, or nothing for {@code jdk}. */
    static void install(String provider) {
        if (provider.equals("jdk")) {
            return;
        }
        try {
            Class<?> type = Class.forName(CORRETTO);
            Object instance = type.getField("INSTANCE").get(null);
            Object error = type.getMethod("getLoadingError").invoke(instance);
            if (error != null) {
                throw new IllegalStateException(provider + " could not be loaded", (Throwable) error);
            }
            Security.insertProviderAt((Provider) instance, 1);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
