package io.imagegate.examples.kubernetes;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** Tests with one installation, which is closed in the end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InstallationContract {

    private final Path files;

    @SuppressWarnings("NullAway.Init")
    Installation installation;

    /**
     * Tests with files of their own.
     *
     * @param files their folder in the resources, which commands call {@code FILES}
     */
    InstallationContract(String files) {
        this.files = Manifests.FOLDER.resolve("src/test/resources").resolve(files);
    }

    @AfterAll
    void ends() throws IOException {
        if (installation != null) {
            installation.close();
        }
    }

    String run(String commands) throws IOException, InterruptedException {
        return installation.kubectl(commands.replace("FILES/", files + "/"));
    }

    String fail(String command) throws IOException, InterruptedException {
        return installation.fail(command);
    }
}
