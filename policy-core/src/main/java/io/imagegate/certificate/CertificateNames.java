package io.imagegate.certificate;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names of a client in its certificate, each with its type: {@code cn:} and a common name of the subject, {@code
 * dns:} and {@code uri:} and an alternative name of that type. Alternative names of other types are ignored: many
 * authorities sign any e-mail address whose owner receives mail there, whatever it looks like.
 */
public final class CertificateNames {

    private static final String COMMON = "cn:";
    private static final String DNS = "dns:";
    private static final String URI = "uri:";

    /** Alternative names of these types, by their numbers in RFC 5280. */
    private static final Map<Integer, String> ALTERNATIVES = Map.of(2, DNS, 6, URI);

    /** The object identifier 2.5.4.3. */
    private static final byte[] COMMON_NAME = {0x55, 0x04, 0x03};

    /** UTF8String, PrintableString, TeletexString, IA5String and BMPString of ASN.1. */
    private static final Map<Integer, Charset> TEXTS = Map.of(
            0x0c, StandardCharsets.UTF_8,
            0x13, StandardCharsets.US_ASCII,
            0x14, StandardCharsets.ISO_8859_1,
            0x16, StandardCharsets.US_ASCII,
            0x1e, StandardCharsets.UTF_16BE);

    private CertificateNames() {}

    /**
     * Parses an accepted name.
     *
     * @param text a name with its type, or without for both a common name and a DNS name
     * @return the names, with types
     * @throws IllegalArgumentException when it is a URI without its type, or nothing
     */
    public static Set<String> parse(String text) {
        String name = text.substring(text.indexOf(':') + 1);
        if (text.startsWith(COMMON) || text.startsWith(DNS) || text.startsWith(URI)) {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("\"" + text + "\": expected a name after the type");
            }
            return Set.of(text);
        }
        if (text.isEmpty()) {
            throw new IllegalArgumentException("expected a name, got nothing");
        }
        if (text.contains("://")) {
            throw new IllegalArgumentException("\"" + text + "\": a name without a type is a common name or a DNS name;"
                    + " expected " + URI + text);
        }
        return Set.of(COMMON + text, DNS + text);
    }

    /**
     * The names in a certificate.
     *
     * @param certificate whose chain was verified
     * @return the names with their types, the subject's first
     */
    public static Set<String> of(X509Certificate certificate) {
        Set<String> names = new LinkedHashSet<>();
        addCommonNames(certificate, names);
        addAlternatives(certificate, names);
        return names;
    }

    /** A name of X.500 is a sequence of sets of attributes, each of which is a type with a value. */
    private static void addCommonNames(X509Certificate certificate, Set<String> names) {
        try {
            ByteBuffer parts = DerContent.next(
                    ByteBuffer.wrap(certificate.getSubjectX500Principal().getEncoded()));
            while (parts.hasRemaining()) {
                ByteBuffer attributes = DerContent.next(parts);
                while (attributes.hasRemaining()) {
                    ByteBuffer attribute = DerContent.next(attributes);
                    ByteBuffer type = DerContent.next(attribute);
                    Charset text = TEXTS.get((int) attribute.get(attribute.position()));
                    if (text != null && type.equals(ByteBuffer.wrap(COMMON_NAME))) {
                        names.add(COMMON + text.decode(DerContent.next(attribute)));
                    }
                }
            }
        } catch (BufferUnderflowException | IndexOutOfBoundsException unreadable) {
            // Unreadable names are ignored.
        }
    }

    private static void addAlternatives(X509Certificate certificate, Set<String> names) {
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> alternative : alternatives) {
                    String type = ALTERNATIVES.get(alternative.get(0));
                    if (type != null) {
                        names.add(type + alternative.get(1));
                    }
                }
            }
        } catch (CertificateParsingException unreadable) {
            // Unreadable names are ignored.
        }
    }
}
