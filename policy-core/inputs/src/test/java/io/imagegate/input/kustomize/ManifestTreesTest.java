package io.imagegate.input.kustomize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.input.InputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Trees of files")
class ManifestTreesTest {

    private static final String TEXT = "kind: Pod\nmetadata: {name: a}\n---\nkind: Service\n";

    private final KustomizeBudget budget = new KustomizeBudget();

    private List<ManifestNode> parsed(String text) throws InputException {
        ManifestSource source = new ManifestSource("a.yaml", Path.of("a.yaml"), 0, false);
        return ManifestDocuments.read(source, text.getBytes(UTF_8), budget);
    }

    /** {@return a document of a text, whose characters count as two bytes} */
    private static List<ManifestNode> text(long characters) {
        return List.of(ManifestNode.named(Path.of("a")).withText("b".repeat((int) characters)));
    }

    @Test
    @DisplayName("are parsed once, and changes of a reader are its own")
    void copies(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a.yaml"), TEXT);
        KustomizeFiles files = new KustomizeFiles();
        ManifestSource source = new ManifestSource("a.yaml", file, 0, false);
        ManifestNode reference = ManifestNode.named(file);
        List<ManifestNode> first = files.resources(source, reference, budget);
        int kept = budget.mark();
        ManifestNode name = ManifestNode.in(first.get(0), "metadata").field("name");
        first.get(0).fields.clear();
        List<ManifestNode> second = files.resources(source, reference, budget);
        assertThat(second).hasSize(2);
        assertThat(second.get(0).text("kind")).isEqualTo("Pod");
        // A text of a tree is that of the file, and not parsed again.
        assertThat(ManifestNode.in(second.get(0), "metadata").text("name"))
                .isSameAs(String.valueOf(name == null ? null : name.text));
        assertThat(budget.mark()).as("each reader keeps its own").isEqualTo(2 * kept);
    }

    @Test
    @DisplayName("are kept while there is room, those that were used last")
    void bounded() throws Exception {
        ManifestTrees trees = new ManifestTrees();
        List<ManifestNode> documents = text(ManifestTrees.MOST / 7);
        for (int i = 0; i < 3; i++) {
            trees.keep(i, documents, budget, budget.mark());
        }
        assertThat(trees.copies(0, budget)).isNotNull();
        trees.keep(3, documents, budget, budget.mark());
        assertThat(trees.copies(1, budget)).isNull();
        assertThat(trees.copies(0, budget)).isNotNull();
        assertThat(trees.copies(3, budget)).isNotNull();
    }

    @Test
    @DisplayName("that are too large for all room are not kept, and their reader has them")
    void tooLarge() throws Exception {
        ManifestTrees trees = new ManifestTrees();
        List<ManifestNode> large = text(ManifestTrees.MOST / 2);
        assertThat(trees.keep("a", large, budget, 0)).isSameAs(large);
        assertThat(trees.copies("a", budget)).isNull();
    }

    @Test
    @DisplayName("may have many values, also as copies, but not too many")
    void budget() throws Exception {
        ManifestTrees trees = new ManifestTrees();
        List<ManifestNode> documents = parsed("a: [" + "b,".repeat(100_000) + "b]");
        trees.keep("a", documents, budget, 0);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10; i++) {
                        trees.copies("a", budget);
                    }
                })
                .isInstanceOf(InputException.class)
                .hasMessageContaining("kustomizations include or patch too much");
    }
}
