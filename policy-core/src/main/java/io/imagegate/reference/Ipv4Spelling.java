package io.imagegate.reference;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Hosts that a client may read as an IPv4 address although they are not four numbers: {@code inet_aton} takes {@code 127.1},
 * {@code 2130706433}, {@code 0x7f.1} and {@code 0177.0.0.1} for 127.0.0.1. Other clients look for a host of that name, refuse
 * it, or read {@code 0177.0.0.1} as 177.0.0.1.
 */
final class Ipv4Spelling {

    private static final int PARTS = 4;
    private static final int LONGEST = 255;

    /** Values of a byte. */
    private static final long BYTE = 256;

    private static final long ADDRESSES = 1L << 32;

    private Ipv4Spelling() {}

    /** {@return the addresses that a host in lower case may be read as, without itself; most often none} */
    static Set<String> readings(String host) {
        int last = host.lastIndexOf('.') + 1;
        char first = last < host.length() ? host.charAt(last) : '.';
        if (first < '0' || first > '9' || host.length() > LONGEST || isUsual(host)) {
            return Set.of();
        }
        List<String> parts = List.of(host.split("\\.", -1));
        Set<String> readings = new LinkedHashSet<>();
        add(readings, parts, false);
        if (parts.size() == PARTS) {
            add(readings, parts, true);
        }
        readings.remove(host);
        return readings;
    }

    /** {@return whether all clients read a host as the address that is written: four bytes without leading zeros} */
    private static boolean isUsual(String host) {
        int parts = 1;
        int digits = 0;
        int number = 0;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '.' && digits > 0) {
                parts++;
                digits = 0;
                number = 0;
            } else if (c < '0' || c > '9' || (digits > 0 && number == 0) || number * 10 + (c - '0') >= BYTE) {
                return false;
            } else {
                number = number * 10 + (c - '0');
                digits++;
            }
        }
        return parts == PARTS && digits > 0;
    }

    /** All but the last part are a byte each; the last one is all bytes that are left. */
    private static void add(Set<String> readings, List<String> parts, boolean decimal) {
        if (parts.size() > PARTS) {
            return;
        }
        long address = 0;
        for (int i = 0; i < parts.size(); i++) {
            OptionalLong number = number(parts.get(i), decimal);
            long numbers = i < parts.size() - 1 ? BYTE : 1L << (Byte.SIZE * (PARTS - i));
            if (number.isEmpty() || number.getAsLong() >= numbers) {
                return;
            }
            address = address * numbers + number.getAsLong();
        }
        readings.add(dotted(address));
    }

    private static String dotted(long address) {
        String text = "";
        long left = address;
        for (int i = 0; i < PARTS; i++) {
            text = left % BYTE + (i == 0 ? "" : ".") + text;
            left /= BYTE;
        }
        return text;
    }

    /** {@return a number in C's notation, or with all digits as decimal ones; {@link #ADDRESSES} for one that is too high} */
    private static OptionalLong number(String part, boolean decimal) {
        boolean hexadecimal = part.startsWith("0x");
        int radix = hexadecimal ? 16 : !decimal && part.startsWith("0") ? 8 : 10;
        long number = 0;
        for (int i = hexadecimal ? 2 : 0; i < part.length(); i++) {
            int digit = Character.digit(part.charAt(i), radix);
            if (digit < 0) {
                return OptionalLong.empty();
            }
            number = Math.min(number * radix + digit, ADDRESSES);
        }
        return part.isEmpty() ? OptionalLong.empty() : OptionalLong.of(number);
    }
}
