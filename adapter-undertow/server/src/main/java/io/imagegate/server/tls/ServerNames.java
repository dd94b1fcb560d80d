package io.imagegate.server.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.imagegate.certificate.DerContent;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The DNS names and addresses of a server in its certificate, compared as Go's TLS client does ({@code VerifyHostname} of {@code
 * crypto/x509}): alternative names alone count, a wildcard stands for the whole first label, and addresses match only addresses. They
 * are read here, because the JDK refuses names that Go takes, such as those with an underscore.
 */
final class ServerNames {

    private static final String ALTERNATIVE_NAMES = "2.5.29.17";

    /** Tags of names of RFC 5280, 4.2.1.6. */
    private static final int DNS_NAME = 0x82;

    private static final int IP_ADDRESS = 0x87;

    private final Set<String> names = new LinkedHashSet<>();
    private final Set<InetAddress> addresses = new LinkedHashSet<>();

    ServerNames(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(ALTERNATIVE_NAMES);
        if (extension != null) {
            try {
                addAll(DerContent.next(DerContent.next(ByteBuffer.wrap(extension))));
            } catch (BufferUnderflowException | IndexOutOfBoundsException | UnknownHostException unreadable) {
                // Unreadable names are ignored.
            }
        }
    }

    private void addAll(ByteBuffer alternatives) throws UnknownHostException {
        while (alternatives.hasRemaining()) {
            int tag = Byte.toUnsignedInt(alternatives.get(alternatives.position()));
            ByteBuffer content = DerContent.next(alternatives);
            byte[] name = new byte[content.remaining()];
            content.get(name);
            if (tag == DNS_NAME) {
                names.add(lower(new String(name, US_ASCII)));
            } else if (tag == IP_ADDRESS) {
                addresses.add(InetAddress.getByAddress(name));
            }
        }
    }

    /** {@return whether a client that connects with a host accepts the certificate} */
    boolean include(Host host) {
        return host.address()
                .map(addresses::contains)
                .orElseGet(() -> names.stream().anyMatch(name -> matches(name, lower(host.text()))));
    }

    private static boolean matches(String pattern, String host) {
        int dot = host.indexOf('.');
        return pattern.equals(host) || (dot > 0 && pattern.equals("*" + host.substring(dot)));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** {@return the names and addresses as texts} */
    List<String> texts() {
        Set<String> texts = new LinkedHashSet<>(names);
        addresses.forEach(address -> texts.add(address.getHostAddress()));
        return List.copyOf(texts);
    }
}
