package io.imagegate.input.kustomize;

import io.imagegate.input.InputException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trees of the files that were read last: a file is parsed once, whoever includes it. They never change, since each reader gets copies.
 * Not thread-safe.
 */
final class ManifestTrees {

    /** About how many bytes they take at most. */
    static final long MOST = 64 << 20;

    private final Map<Object, Trees> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    private record Trees(List<ManifestNode> documents, long bytes) {}

    /** {@return copies of what is kept; null if it is not} */
    @Nullable
    List<ManifestNode> copies(Object key, KustomizeBudget budget) throws InputException {
        Trees trees = kept.get(key);
        return trees == null ? null : copies(trees.documents(), budget);
    }

    /**
     * Keeps documents in the place of those that nobody used for longest.
     *
     * @param documents what the budget has counted since its mark
     * @return copies; if there is no place, the documents themselves
     */
    List<ManifestNode> keep(Object key, List<ManifestNode> documents, KustomizeBudget budget, int mark)
            throws InputException {
        long size = documents.stream().mapToLong(ManifestNode::bytes).sum();
        if (size > MOST) {
            return documents;
        }
        kept.put(key, new Trees(documents, size));
        bytes += size;
        for (Iterator<Trees> oldest = kept.values().iterator(); bytes > MOST; oldest.remove()) {
            bytes -= oldest.next().bytes();
        }
        budget.release(mark);
        return copies(documents, budget);
    }

    private static List<ManifestNode> copies(List<ManifestNode> documents, KustomizeBudget budget)
            throws InputException {
        List<ManifestNode> copies = new ArrayList<>();
        for (ManifestNode document : documents) {
            copies.add(document.copy(budget));
        }
        return copies;
    }
}
