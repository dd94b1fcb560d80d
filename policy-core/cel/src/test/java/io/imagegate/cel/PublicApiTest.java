package io.imagegate.cel;

import io.imagegate.PublicApiContract;
import java.util.List;

/** What this artifact promises. It is no module. */
class PublicApiTest extends PublicApiContract {

    @Override
    protected List<String> packages() {
        return List.of("io.imagegate.cel");
    }
}
