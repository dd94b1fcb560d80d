package io.imagegate.micrometer;

import io.imagegate.PublicApiContract;
import java.util.List;

/** What this artifact promises. It is no module, because that of Micrometer has no descriptor. */
class PublicApiTest extends PublicApiContract {

    @Override
    protected List<String> packages() {
        return List.of("io.imagegate.micrometer");
    }
}
