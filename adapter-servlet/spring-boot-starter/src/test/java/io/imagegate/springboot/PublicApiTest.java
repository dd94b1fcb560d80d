package io.imagegate.springboot;

import io.imagegate.PublicApiContract;
import java.util.List;

/** What this artifact promises. It is no module, because those of Spring have no descriptors. */
class PublicApiTest extends PublicApiContract {

    @Override
    protected List<String> packages() {
        return List.of("io.imagegate.springboot");
    }
}
