package io.imagegate.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
