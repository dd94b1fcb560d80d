package io.imagegate.reference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** IPv6 addresses, which have many spellings: {@code [::1]} is {@code [0:0:0:0:0:0:0:1]}. */
final class Ipv6Address {

    private static final int GROUPS = 8;
    private static final String GAP = "::";

    private Ipv6Address() {}

    /**
     * {@return the spelling with all groups of an address in brackets; for one that stands for an IPv4 address, that address}
     * Other hosts stay as they are.
     *
     * @param host a host in lower case
     */
    static String comparable(String host) {
        if (!host.startsWith("[")) {
            return host;
        }
        String text = host.substring(1, host.length() - 1);
        int gap = text.indexOf(GAP);
        List<Integer> groups = groups(gap < 0 ? text : text.substring(0, gap));
        if (gap >= 0) {
            List<Integer> after = groups(text.substring(gap + GAP.length()));
            groups.addAll(Collections.nCopies(Math.max(1, GROUPS - groups.size() - after.size()), 0));
            groups.addAll(after);
        }
        boolean address = groups.size() == GROUPS && groups.stream().allMatch(group -> group >= 0);
        return address ? shown(groups) : host;
    }

    /** {@return the groups between colons; -1 for one that is none} */
    private static List<Integer> groups(String text) {
        List<Integer> groups = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String group : text.split(":", -1)) {
                boolean valid = !group.isEmpty() && group.length() <= 4;
                groups.add(valid ? Integer.parseInt(group, 16) : -1);
            }
        }
        return groups;
    }

    private static String shown(List<Integer> groups) {
        boolean mapped = groups.subList(0, 5).stream().allMatch(group -> group == 0) && groups.get(5) == 0xffff;
        if (mapped) {
            int high = groups.get(6);
            int low = groups.get(7);
            return (high >> 8) + "." + (high & 0xff) + "." + (low >> 8) + "." + (low & 0xff);
        }
        return groups.stream().map(Integer::toHexString).collect(Collectors.joining(":", "[", "]"));
    }
}
