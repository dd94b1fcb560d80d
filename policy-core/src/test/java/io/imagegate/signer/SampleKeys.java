package io.imagegate.signer;

import io.imagegate.Repository;
import java.nio.file.Path;

/** Keys, certificates and lists of revoked ones, for tests. */
public final class SampleKeys {

    private SampleKeys() {}

    public static Path path(String name) {
        return Repository.core("src/test/resources/io/imagegate/signer/keys").resolve(name);
    }
}
