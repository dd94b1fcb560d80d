package io.imagegate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each published module is held to its {@code api.txt}: who changes what others compile against says so. */
public abstract class PublicApiContract {

    private static final Path CLASSES = Path.of("target/classes");
    private static final Promises API = new Promises("public API", Path.of("api.txt"), "imagegate.api", """
            mvn test -Dtest='*PublicApiTest' -Dsurefire.failIfNoSpecifiedTests=false -Dimagegate.api=accept \\
              -pl policy-core,policy-core/files,policy-core/inputs,policy-core/registry,policy-core/signature,policy-core/cel,policy-core/junit,policy-core/micrometer,adapter-undertow/handler,adapter-undertow/server,adapter-servlet/servlet,adapter-servlet/spring-boot-starter""");

    @Test
    @DisplayName("the public API is the one in api.txt")
    void isTheBaseline() throws IOException {
        API.compare("", PublicApi.of(CLASSES, packages()));
    }

    /** The packages that programs may use: those that the module exports. */
    protected List<String> packages() {
        return PublicApi.exported(CLASSES);
    }
}
