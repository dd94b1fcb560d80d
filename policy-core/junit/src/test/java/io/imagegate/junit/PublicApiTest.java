package io.imagegate.junit;

import io.imagegate.PublicApiContract;
import java.util.List;

/** What this artifact promises. */
class PublicApiTest extends PublicApiContract {

    @Override
    protected List<String> packages() {
        return List.of("io.imagegate.junit");
    }
}
