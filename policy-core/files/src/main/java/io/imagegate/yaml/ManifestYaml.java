package io.imagegate.yaml;

import io.imagegate.syntax.DocumentCursor;
import io.imagegate.syntax.SyntaxLimits;
import io.imagegate.syntax.SyntaxProblems;
import io.imagegate.syntax.YamlProvider;
import java.io.ByteArrayInputStream;

/** Opens texts of manifests for the parser of objects. */
public final class ManifestYaml implements YamlProvider {

    /** Called by {@link java.util.ServiceLoader}. */
    public ManifestYaml() {}

    @Override
    public <X extends Exception> DocumentCursor<X> open(byte[] text, SyntaxLimits limits, SyntaxProblems<X> problems) {
        return YamlCursor.of(new ByteArrayInputStream(text), YamlDialect.MANIFEST, limits, problems);
    }
}
