package io.imagegate.input.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.imagegate.GoOracle;
import io.imagegate.Machine;
import io.imagegate.input.FoundObjects;
import io.imagegate.input.InputException;
import io.imagegate.input.InputObject;
import io.imagegate.review.ReviewedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * No image that BuildKit finds in a Dockerfile is missed: Dockerfiles that nobody thought of, read as BuildKit's own packages read
 * them. {@code -Dimagegate.dockerfiles=1000000} asks about more of them, {@code -Dimagegate.seed} about the same again.
 */
@Tag("full")
class DockerfileOracleTest {

    private static final int AT_ONCE = 20_000;

    private static final List<String> LINES = List.of(
            "# syntax=docker/dockerfile:1\n",
            "# escape=`\n",
            "# escape=\\\n",
            "# check=skip=all\n",
            "# comment\n",
            "\n",
            "ARG A\n",
            "ARG A=a:1 B=\"b\" C='c'\n",
            "ARG B=$A D=${A:-d} E=${A-e}${B:+f}${C+g}\n",
            "FROM a:1\n",
            "FROM a:1 AS one\n",
            "FROM --platform=$BUILDPLATFORM b:2 as Two\n",
            "FROM one\n",
            "FROM two AS three\n",
            "FROM scratch\n",
            "FROM $A\n",
            "FROM ${B}:1${D}\n",
            "FROM ${A:-x:1}-y\n",
            "FROM \"${C:-z}\"'q'\n",
            "FROM \\\n  c:3\n",
            "FR\\\nOM d:4 `\n AS four\n",
            "COPY --from=one --chown=1 a b\n",
            "COPY --link --from=e:5 a b\n",
            "COPY --from=0 a b\n",
            "COPY --from=four a b\n",
            "COPY a --from=no b\n",
            "COPY <<EOF <<\"E F\" /x/\nFROM x\nEOF\nFROM y\nE F\n",
            "ADD <<'EOF' /x\nFROM x\nEOF\n",
            "RUN --mount=type=bind,from=f:6,target=/a --mount=type=cache,target=/b make\n",
            "RUN --mount=from=one,target=/a \\\n # c\n --network=none make\n",
            "RUN <<EOF cat && \\\n echo a\nFROM x\nEOF\n",
            "RUN <<-EOF\n\tFROM x\n\tEOF\n",
            "RUN echo \"<<EOF\" '<<EOF' $((1<<2)) <<<x ${X:-y}\n",
            "RUN a \\\\\n",
            "RUN [\"a\", \"b\"]\n",
            "ENV A=b\n",
            "LABEL a=b \\\n  c=d\n",
            "CMD <<EOF\n",
            "EOF\n");

    private static final String CHARACTERS = "\\`\n\r\t \"'$${}<<-:+?#=,aEF\u00a0\u001c\u0085";

    private final int count = Integer.getInteger("imagegate.dockerfiles", AT_ONCE);
    private final long seed = Long.getLong("imagegate.seed", 20261128);
    private final Random random = new Random(seed);
    private int accepted;
    private int same;
    private int refused;

    @Test
    @DisplayName("no image that BuildKit finds in a Dockerfile is missed, unless the Dockerfile is refused")
    void everyImage() throws Exception {
        GoOracle oracle = GoOracle.build(
                "dockerfile-oracle",
                Files.createDirectories(Path.of("target", "dockerfile-oracle")),
                Machine.Library.BUILDKIT,
                Machine.Library.LEVENSHTEIN);
        for (int asked = 0; asked < count; asked += AT_ONCE) {
            List<String> texts = Stream.generate(this::dockerfile)
                    .limit(Math.min(AT_ONCE, count - asked))
                    .toList();
            List<Map<String, Object>> answers = oracle.ask(texts);
            for (int i = 0; i < texts.size(); i++) {
                compare(texts.get(i), answers.get(i));
            }
        }
        System.out.printf(
                "%,d Dockerfiles: BuildKit reads %,d, of which %,d have the same images, and %,d are refused; seed %d%n",
                count, accepted, same, refused, seed);
        assertThat(accepted).isGreaterThan(count / 10);
        assertThat(same).isGreaterThan(accepted / 2);
    }

    private String dockerfile() {
        StringBuilder text = new StringBuilder();
        int lines = 1 + random.nextInt(8);
        for (int i = 0; i < lines; i++) {
            text.append(LINES.get(random.nextInt(LINES.size())));
            if (i == 0 && random.nextBoolean()) {
                text.append("FROM a:0\n");
            }
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(text.length());
            char c = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
            switch (random.nextInt(3)) {
                case 0 -> text.deleteCharAt(at).append(' ');
                case 1 -> text.insert(at, c);
                default -> text.setCharAt(at, c);
            }
        }
        return text.toString();
    }

    @SuppressWarnings("unchecked")
    private void compare(String text, Map<String, Object> answer) throws Exception {
        if (answer.containsKey("error")) {
            return;
        }
        accepted++;
        List<String> expected = new ArrayList<>((List<String>) Objects.requireNonNull(answer.get("images")));
        List<String> found = new ArrayList<>();
        boolean known = true;
        try {
            for (InputObject object : FoundObjects.in(new Dockerfiles(), "Dockerfile", text).objects) {
                for (ReviewedImage image : object.images()) {
                    known &= image.unknown().isEmpty();
                    found.add(image.text());
                }
            }
        } catch (InputException e) {
            refused++;
            return;
        }
        if (known) {
            assertThat(found).as("seed " + seed + "\n" + text).containsAll(expected);
            expected.sort(null);
            found.sort(null);
            same += expected.equals(found) ? 1 : 0;
        }
    }
}
