package io.imagegate.signature.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imagegate.signature.MerkleTree;
import io.imagegate.signature.crypto.Crypto;
import io.imagegate.signature.refusal.Refusal;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checkpoints and inclusion proofs of transparency logs. */
class LogTreeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "origin\\n2\\nAAAA\\n\\n\u2014 name AAAAAAA= | true",
                "origin\\n2\\nAAAA\\n\\n\u2014 name AAAAAAA=\\n | true",
                "origin\\n2\\nAAAA\\nmore\\n\\n\u2014 name AAAAAAA=\\n | true",
                "origin\\n02\\nAAAA\\n\\n\u2014 name AAAAAAA=\\n | false",
                "origin\\n-2\\nAAAA\\n\\n\u2014 name AAAAAAA=\\n | false",
                "\\n2\\nAAAA\\n\\n\u2014 name AAAAAAA=\\n | false",
                "origin\\n2\\n\\n\u2014 name AAAAAAA=\\n | false",
                "origin\\n2\\nAAAA\\n\\n- name AAAAAAA=\\n | false",
                "origin\\n2\\nAAAA\\n\\n\u2014 name  AAAAAAA=\\n | false",
                "origin\\n2\\nAAAA\\n\\n\u2014 name AAAAAA==\\n | false",
                "origin\\n2\\nAAAA\\n\\n\u2014 name AAAAAAA=\\n\\n | false",
                "origin\\n2\\nAAAA\\n\u2014 name AAAAAAA=\\n | false"
            })
    @DisplayName("a checkpoint has origin, size, root, an empty line and signatures")
    void checkpoints(String text, boolean reads) {
        String note = text.replace("\\n", "\n") + (text.endsWith("\\n") ? "" : "\n");
        if (reads) {
            assertThat(Checkpoint.read(note).size()).isEqualTo(2);
        } else {
            assertThatThrownBy(() -> Checkpoint.read(note)).isInstanceOf(Refusal.class);
        }
    }

    @Test
    @DisplayName("an inclusion proof leads to the root for its index and size alone")
    void merkle() {
        Crypto crypto = new Crypto(null);
        for (int size = 1; size <= 17; size++) {
            byte[][] leaves = new byte[size][];
            for (int i = 0; i < size; i++) {
                leaves[i] = Merkle.leaf(crypto, new byte[] {(byte) i});
            }
            byte[] root = MerkleTree.root(crypto, leaves);
            for (int index = 0; index < size; index++) {
                List<byte[]> proof = MerkleTree.proof(crypto, leaves, index);
                assertThat(Merkle.root(crypto, leaves[index], index, size, proof))
                        .isEqualTo(root);
                for (int other = 0; other < size; other++) {
                    if (other != index) {
                        assertThat(Merkle.root(crypto, leaves[index], other, size, proof))
                                .isNotEqualTo(root);
                    }
                }
                assertThat(Merkle.root(crypto, leaves[index], index, index, proof))
                        .isEmpty();
                assertThat(Merkle.root(crypto, leaves[index], -1, size, proof)).isEmpty();
            }
        }
    }
}
