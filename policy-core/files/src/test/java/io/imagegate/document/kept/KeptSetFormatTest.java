package io.imagegate.document.kept;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.text.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeptSetFormatTest {

    /** Writes a body whose digest is right. */
    private interface Body {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] signed(Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.write(new DataOutputStream(bytes));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(("imagegate-last-good 1 " + Sha256.hex(bytes.toByteArray()) + "\n").getBytes(US_ASCII));
        all.write(bytes.toByteArray());
        return all.toByteArray();
    }

    private static void begin(DataOutputStream out) throws IOException {
        out.writeUTF("0.1.0");
        out.writeLong(-1);
        out.writeLong(0);
        out.writeBoolean(false);
    }

    @ParameterizedTest
    @MethodSource("io.imagegate.document.kept.KeptSetSamples#all")
    void aSetIsTheSameWhenItIsRead(KeptSet set) throws IOException {
        byte[] bytes = KeptSetFormat.write(set);
        assertThat(KeptSetFormat.read(bytes)).isEqualTo(set);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatIOException().isThrownBy(() -> KeptSetFormat.read(cut));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 5, 1_000_000, Integer.MAX_VALUE})
    void aNumberOfNamesThatAreNotThereIsRefused(int names) throws IOException {
        byte[] bomb = signed(out -> {
            begin(out);
            out.writeInt(names);
        });
        assertThatIOException().isThrownBy(() -> KeptSetFormat.read(bomb)).withMessage("it is malformed");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2, Integer.MAX_VALUE})
    void aLengthBeyondTheEndIsRefused(int length) throws IOException {
        byte[] bomb = signed(out -> {
            begin(out);
            out.writeInt(1);
            out.writeUTF("default");
            out.writeInt(1);
            out.writeUTF("p.yaml");
            out.writeInt(length);
            out.write(1);
        });
        assertThatIOException().isThrownBy(() -> KeptSetFormat.read(bomb)).withMessage("it is malformed");
    }

    @Test
    void aNameTwiceIsRefused() throws IOException {
        byte[] twice = signed(out -> {
            begin(out);
            out.writeInt(2);
            for (int i = 0; i < 2; i++) {
                out.writeUTF("default");
                out.writeInt(0);
                out.writeInt(0);
            }
        });
        assertThatIOException().isThrownBy(() -> KeptSetFormat.read(twice)).withMessage("it is malformed");
    }

    @Test
    void moreNamesThanASetHasAreRefused() throws IOException {
        byte[] bomb = signed(out -> {
            begin(out);
            out.writeInt(1);
            out.writeUTF("default");
            out.writeInt(0);
            out.writeInt(1);
            out.writeUTF("policies");
            out.writeInt(100_000);
            out.write(new byte[200_000]);
        });
        assertThatIOException().isThrownBy(() -> KeptSetFormat.read(bomb)).withMessage("it is malformed");
        KeptFiles many = new KeptFiles(
                Map.of(), Map.of(Path.of("policies"), Collections.nCopies(20_000, Path.of("policies/p.yaml"))));
        KeptSet set =
                new KeptSet("", Optional.empty(), Map.of("default", many), Optional.empty(), Instant.ofEpochSecond(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeptSetFormat.write(set))
                .withMessage("expected at most 20000 files");
    }

    @ParameterizedTest
    @ValueSource(longs = {-2, Long.MIN_VALUE, Long.MAX_VALUE})
    void aTimeOutsideOfTheCalendarIsRefused(long second) throws IOException {
        byte[] odd = signed(out -> {
            out.writeUTF("0.1.0");
            out.writeLong(second);
            out.writeLong(0);
            out.writeBoolean(false);
            out.writeInt(0);
        });
        assertThatIOException().isThrownBy(() -> KeptSetFormat.read(odd)).withMessage("it is malformed");
    }

    @Test
    void bytesBehindTheEndAndNamesOfNoFileAreRefused() throws IOException {
        byte[] more = signed(out -> {
            begin(out);
            out.writeInt(0);
            out.write(0);
        });
        assertThatIOException().isThrownBy(() -> KeptSetFormat.read(more)).withMessage("it is malformed");
        byte[] noName = signed(out -> {
            begin(out);
            out.writeInt(1);
            out.writeUTF("default");
            out.writeInt(1);
            out.writeUTF("a\0b");
            out.writeInt(0);
            out.writeInt(0);
        });
        assertThatIOException().isThrownBy(() -> KeptSetFormat.read(noName)).withMessage("it is malformed");
    }

    @Test
    void namesLeadToNoFileOfTheMachine() throws IOException {
        Path there = Path.of("/proc/self/status");
        KeptFiles files = new KeptFiles(Map.of(Path.of("../x"), new byte[] {1, 2, 3}), Map.of());
        KeptSet set = KeptSetFormat.read(KeptSetFormat.write(new KeptSet(
                "", Optional.empty(), Map.of("default", files), Optional.empty(), Instant.ofEpochSecond(1))));
        KeptFiles read = Objects.requireNonNull(set.policies().get("default"));
        assertThat(read.read(Path.of("../x"), 2)).containsExactly(1, 2);
        assertThatThrownBy(() -> read.read(there, 10)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> read.list(there.resolveSibling(""))).isInstanceOf(NoSuchFileException.class);
        assertThat(read.isFolder(Path.of("/"))).isFalse();
    }
}
