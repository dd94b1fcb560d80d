package io.imagegate.cli.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.imagegate.JsonTree;
import io.imagegate.fuzz.FuzzedFile;
import io.imagegate.fuzz.WhereJazzerRuns;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/** A baseline has the findings and problems that another reader of JSON finds in it, or says where it is none. */
@WhereJazzerRuns
class BaselineFuzzTest {

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "{\"version\": 1, \"findings\": [\n  {\"policy\": \"p\", \"rule\": \"r\", \"file\": \"a.yaml\", \"object\": \"Pod a/b\","
                                + " \"container\": \"c\", \"image\": \"nginx\"}\n], \"problems\": [\n  {\"code\": \"c\", \"version\": \"1\","
                                + " \"file\": \"a\", \"digest\": \"d\"}\n]}\n",
                        "{\"version\":1,\"findings\":[],\"problems\":[{\"code\":\"\u043a\",\"version\":\"1\",\"file\":\"\u00e9\",\"digest\":\"\"}]}",
                        "{\"findings\":[{\"image\":\"x\",\"policy\":\"\",\"rule\":\"r\",\"object\":\"\",\"container\":\"\"}],\"version\":1}")
                .map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "${fuzz.duration}")
    void aFileIsABaselineOrSaysWhereItIsNone(byte[] data) {
        String name = FuzzedFile.of(data).toString();
        Baseline baseline;
        try {
            baseline = BaselineFile.read(name);
        } catch (IOException refused) {
            assertThat(refused.getMessage())
                    .startsWith(name + ":")
                    .matches("[ -~]+")
                    .hasSizeLessThan(2000);
            return;
        }
        assertThat(baseline.gone()).isEmpty();
        Map<?, ?> tree = (Map<?, ?>) Objects.requireNonNull(JsonTree.read(new String(data, UTF_8)));
        Set<Object> entries = new HashSet<>(entries(tree.get("findings")));
        entries.addAll(entries(tree.get("problems")));
        assertThat(baseline.unchecked()).hasSize(entries.size());
        assertThat(entries)
                .allSatisfy(entry -> assertThat(baseline.unchecked())
                        .anyMatch(line -> ((Map<?, ?>) entry)
                                .values().stream().allMatch(value -> line.contains(String.valueOf(value)))));
    }

    private static Collection<?> entries(@Nullable Object list) {
        return list == null ? List.of() : (Collection<?>) list;
    }
}
