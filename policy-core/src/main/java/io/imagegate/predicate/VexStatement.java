package io.imagegate.predicate;

import io.imagegate.text.Copies;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an OpenVEX document says about one vulnerability in the image.
 *
 * @param names the names of the vulnerability
 * @param excuses whether it is not affected or fixed; otherwise it is affected or under investigation
 * @param date when that was known to be so
 * @param packages the packages that it is about; empty if it is about the whole image
 */
record VexStatement(Set<String> names, boolean excuses, Instant date, List<PackageUrl> packages) {

    private static final int OBJECT = 200;

    VexStatement {
        names = Copies.of(names);
        packages = List.copyOf(packages);
    }

    /** @param url the component's package URL, if it has one */
    boolean isAbout(Component component, Optional<PackageUrl> url) {
        return packages.isEmpty() || packages.stream().anyMatch(named -> named.names(component, url));
    }

    long weight() {
        return OBJECT
                + names.stream().mapToLong(name -> 60 + 2L * name.length()).sum()
                + packages.stream().mapToLong(PackageUrl::weight).sum();
    }
}
