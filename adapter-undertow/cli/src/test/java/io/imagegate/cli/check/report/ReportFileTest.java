package io.imagegate.cli.check.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that appear when they are complete. */
class ReportFileTest {

    @TempDir
    Path folder = Path.of("");

    @Test
    void contentAppearsWhenItIsCompleteAndAnOlderFileStaysUntilThen() throws IOException {
        Path report = Files.writeString(folder.resolve("r.json"), "old");
        try (ReportFile file = new ReportFile(report)) {
            file.out().print("new");
            file.out().flush();
            assertThat(report).hasContent("old");
            file.commit();
            assertThat(report).hasContent("new");
        }
        try (ReportFile file = new ReportFile(report)) {
            file.out().print("incomplete");
        }
        assertThat(report).hasContent("new");
        assertThat(folder.toFile().list()).containsExactly("r.json");
    }

    @Test
    void contentThatIsRemovedMeanwhileIsToldWithoutItsName() throws IOException {
        Path reports = Files.createDirectory(folder.resolve("reports"));
        try (ReportFile file = new ReportFile(reports.resolve("r.json"))) {
            file.out().print("content");
            for (Path written : file.paths()) {
                Files.deleteIfExists(written);
            }
            Files.delete(reports);
            assertThatThrownBy(file::commit).isInstanceOf(IOException.class).hasMessage("its folder does not exist");
        }
    }
}
