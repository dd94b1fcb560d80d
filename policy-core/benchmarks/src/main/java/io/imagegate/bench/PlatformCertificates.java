package io.imagegate.bench;

import java.io.ByteArrayInputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/**
 * The certificates that the platform keeps, each with its last verification: without forgetting, a bundle that is verified
 * again and again shows no verification of its certificate, which costs more than everything else.
 */
final class PlatformCertificates {

    private final Object kept;
    private final Object key;
    private final Method remove;

    /** Needs {@code --add-opens} of {@code sun.security.provider} and {@code sun.security.util}. */
    PlatformCertificates(byte[] certificate) {
        try {
            Field field = Class.forName("sun.security.provider.X509Factory").getDeclaredField("certCache");
            field.setAccessible(true);
            kept = field.get(null);
            key = Class.forName("sun.security.util.Cache$EqualByteArray")
                    .getConstructor(byte[].class)
                    .newInstance(certificate);
            Class<?> cache = Class.forName("sun.security.util.Cache");
            remove = cache.getMethod("remove", Object.class);
            CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
            if (cache.getMethod("get", Object.class).invoke(kept, key) == null) {
                throw new IllegalStateException("the platform did not keep the certificate");
            }
        } catch (ReflectiveOperationException | CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes the certificate one that was never seen. */
    void forget() {
        try {
            remove.invoke(kept, key);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
