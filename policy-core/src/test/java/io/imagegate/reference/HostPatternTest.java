package io.imagegate.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.text.Ipv6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ports, networks and addresses in the registry of a pattern. */
class HostPatternTest {

    @ParameterizedTest(name = "{0} matches {1}: {2}")
    @CsvSource({
        "localhost:*/**, localhost/a, true",
        "localhost:*/**, localhost:5001/a, true",
        "localhost:*/**, LOCALHOST:05001/a, true",
        "localhost:*/**, localhost.example/a, false",
        "localhost:*/**, a.localhost/a, false",
        "*.localhost:*/**, a.localhost:1/a, true",
        "*.localhost:*/**, localhost:1/a, false",
        "*.localhost/**, a.localhost:1/a, false",
        "127.*/**, 127.0.0.1/a, true",
        "127.*/**, 127.1/a, true",
        "127.*/**, 127.0.0.1:443/a, true",
        "127.*/**, 127.0.0.1:5000/a, false",
        "127.*:5000/**, 127.9.9.9:5000/a, true",
        "127.*:*/**, 127.9.9.9:5000/a, true",
        "127.*:*/**, 127.0.0.1.example/a, false",
        "127.*:*/**, 12.7.0.1/a, false",
        "10.0.*:*/**, 10.0.1.2/a, true",
        "10.0.*:*/**, 10.1.0.2/a, false",
        "[::1]:*/**, [::1]/a, true",
        "[::1]:*/**, [0:0:0:0:0:0:0:1]:5001/a, true",
        "[::1]:*/**, [::0001]:5001/a, true",
        "[0::1]/**, [::1]:443/a, true",
        "[::1]/**, [::1:1]/a, false",
        "[::1]/**, [1::]/a, false",
        "[FE80::A]/**, [fe80:0::a]/a, true",
        "127.*/**, [::ffff:7f00:1]/a, true",
        "127.0.0.1/**, [::FFFF:7f00:1]/a, true",
        "127.*/**, [::fffe:7f00:1]/a, false",
        "127.*/**, [0:0::FFFF:7f00:0001]/a, true",
        "[::ffff:7f00:1]:*/**, 127.0.0.1:5000/a, true",
        "[::ffff:7f00:1]:*/**, 127.0.0.2:5000/a, false",
        "[2001:DB8:0:0:1:0:0:1]:5000/**, [2001:db8::1:0:0:1]:5000/a, true",
        "[2001:DB8:0:0:1:0:0:1]:5000/**, [2001:db8::1:0:0:1]/a, false",
        "[1:2]/**, [1:2]/a, true",
        "[:::1]/**, [:::1]/a, true",
        "[:::1]/**, [::1]/a, false",
        "*.docker.io/nginx, nginx, true",
        "*.docker.io/nginx, index.docker.io/library/nginx:1, true",
        "*.docker.io/nginx, acme/nginx, false",
        "*.docker.io/nginx, auth.docker.io/nginx, true",
        "*.docker.io/n*, redis, false",
        "*.io/nginx, nginx, true",
        "*.io/nginx, quay.io/nginx, true",
        "*.io:*/nginx, quay.io:5000/nginx, true",
        "*.io:*/nginx, nginx, true",
        "*.io:5000/nginx, nginx, false",
        "*.docker.io/acme/*, acme/api, true",
    })
    @DisplayName("match, alone and in a set")
    void examples(String pattern, String image, boolean expected) {
        ImageReference reference = ImageReference.parse(image);
        assertThat(ImagePattern.parse(pattern).matches(reference)).isEqualTo(expected);
        assertThat(PatternSet.of(pattern, "gcr.io/x").matches(reference)).isEqualTo(expected);
    }

    @Property
    void spellingsOfOneAddressAreOneRegistry(@ForAll("addresses") String one, @ForAll("addresses") String other)
            throws UnknownHostException {
        boolean same = InetAddress.getByName(one).equals(InetAddress.getByName(other));
        assertThat(RegistryName.comparable('[' + one + ']').equals(RegistryName.comparable('[' + other + ']')))
                .isEqualTo(same);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "[2001:db8:0:0:0:0:0:1], [2001:db8::1]",
        "[2001:db8:0:1:1:1:1:1], [2001:db8:0:1:1:1:1:1]",
        "[2001:0:0:1:0:0:0:1], [2001:0:0:1::1]",
        "[2001:db8:0:0:1:0:0:1], [2001:db8::1:0:0:1]",
        "[0:0:0:0:0:0:0:0], [::]",
        "[1:0:0:0:0:0:0:0], [1::]",
        "[::a:b], [::a:b]",
        "[00ab::0001], [ab::1]",
        "[::ffff:7f00:1], 127.0.0.1",
        "[::ffff:127.0.0.1], 127.0.0.1",
        "[::127.0.0.1], [::7f00:1]",
        "[64:ff9b::127.0.0.1], [64:ff9b::7f00:1]",
        "[::ffff:127.0.0.256], [::ffff:127.0.0.256]",
        "[::ffff:127.0.0], [::ffff:127.0.0]",
        "[127.0.0.1::], [127.0.0.1::]",
        "[1:2], [1:2]",
        "[1::2::3], [1::2::3]",
        "[12345::], [12345::]",
        "[], []",
        "[, [",
        "[zz::1], [zz::1]",
        "127.0.0.1, 127.0.0.1",
    })
    @DisplayName("An IPv6 address has the spelling of RFC 5952, and others stay as they are")
    void canonical(String host, String expected) {
        assertThat(Ipv6Address.comparable(host)).isEqualTo(expected);
        assertThat(Ipv6Address.comparable(expected)).isEqualTo(expected);
    }

    @Property
    @Label("The spelling is that of an address that Java reads")
    void isTheSameAddress(@ForAll("addresses") String address) throws UnknownHostException {
        String shown = Ipv6Address.comparable('[' + address.toLowerCase(Locale.ROOT) + ']');
        assertThat(InetAddress.getByName(shown)).isEqualTo(InetAddress.getByName(address));
    }

    @Test
    @DisplayName("A reference keeps its registry as written, and so does its canonical form")
    void written() {
        ImageReference one = ImageReference.parse("[0:0:0:0:0:0:0:1]:5000/a");
        assertThat(one.canonical()).isEqualTo("[0:0:0:0:0:0:0:1]:5000/a");
        assertThat(one.registry()).isEqualTo("[0:0:0:0:0:0:0:1]:5000");
        assertThat(one).isNotEqualTo(ImageReference.parse("[::1]:5000/a"));
    }

    @ParameterizedTest(name = "{0} may be {1}")
    @CsvSource({
        "127.1, 127.0.0.1",
        "127.0.1, 127.0.0.1",
        "2130706433:5000, 127.0.0.1:5000",
        "0x7f000001:5000, 127.0.0.1:5000",
        "0X7F.1, 127.0.0.1",
        "017700000001:5000, 127.0.0.1:5000",
        "0177.0.0.1, 127.0.0.1 177.0.0.1",
        "127.0.0.01, 127.0.0.1",
        "127.0.0.08, 127.0.0.8",
        "0:5000, 0.0.0.0:5000",
        "00.0, 0.0.0.0",
        "0x:5000, 0.0.0.0:5000",
        "0127.0.0.1, 87.0.0.1 127.0.0.1",
        "127.0.0.1, ''",
        "10.0.255.20:5000, ''",
        "10.00.255.20, 10.0.255.20",
        "10.0.256, 10.0.1.0",
        "127.65536, 127.1.0.0",
        "127.16777216, ''",
        "4294967296:5000, ''",
        "18446744073709551617:5000, ''",
        "0x17f000001:5000, ''",
        "0x00000000007f000001:5000, 127.0.0.1:5000",
        "256.1, ''",
        "1.2.3.4.5, ''",
        "127.0.0.1.example, ''",
        "127.0.0.1x, ''",
        "0x7g.1, ''",
        "registry.1a, ''",
        "ghcr.io, ''",
        "localhost, ''",
        "'[::1]', ''",
    })
    @DisplayName("Hosts that a client may read as an IPv4 address")
    void spellings(String registry, String expected) {
        assertThat(ImageReference.parse(registry + "/a:1@sha256:" + "a".repeat(64))
                        .addressReadings())
                .extracting(ImageReference::text)
                .isEqualTo(Stream.of(expected.split(" "))
                        .filter(address -> !address.isEmpty())
                        .map(address -> address + "/a:1@sha256:" + "a".repeat(64))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "2130706433/a", "0x7f/a", "127/a"})
    @DisplayName("A number alone, without dot or port, is a name of Docker Hub")
    void numbersOfDockerHub(String image) {
        assertThat(ImageReference.parse(image).registry()).isEqualTo("docker.io");
        assertThat(ImageReference.parse(image).addressReadings()).isEmpty();
    }

    /** Few groups in many spellings. */
    @Provide
    Arbitrary<String> addresses() {
        Arbitrary<List<String>> groups = Arbitraries.of("0", "0", "00", "0000", "1", "0001", "ffff", "FFFF", "a", "0A")
                .list()
                .ofSize(8);
        return groups.flatMap(all -> Arbitraries.integers()
                .between(0, 8)
                .flatMap(from -> Arbitraries.integers().between(from, 8).map(to -> shortened(all, from, to))));
    }

    private static String shortened(List<String> groups, int from, int to) {
        boolean zeros = to > from && groups.subList(from, to).stream().allMatch(group -> group.matches("0+"));
        return zeros
                ? joined(groups.subList(0, from)) + "::" + joined(groups.subList(to, groups.size()))
                : joined(groups);
    }

    private static String joined(List<String> groups) {
        return groups.stream().collect(Collectors.joining(":"));
    }
}
