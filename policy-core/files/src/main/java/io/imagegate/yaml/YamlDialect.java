package io.imagegate.yaml;

/**
 * Which of the texts that YAML 1.2 allows are read.
 *
 * @since 0.1
 */
public enum YamlDialect {
    /**
     * Manifests, which kubectl reads after this. Refuses what kubectl, which reads YAML 1.1 partly, would understand
     * differently, because that could hide an image: characters that end a line for it alone, tags but those of the core schema
     * that say what the value is, and a merge key behind a field that it would give another value. Merge keys are followed: their
     * fields come behind those that are written.
     */
    MANIFEST,

    /**
     * Texts of which only the kinds are wanted: as {@link #MANIFEST}, but a tag at a value is passed over, as kubectl does, unless it is
     * one of a scalar in the core schema.
     */
    TAGGED,

    /** Values of Helm charts: as {@link #MANIFEST}, but a field may come twice, of which Helm takes the last. */
    VALUES,

    /**
     * Files of other tools, which name images. Refuses what their readers understand differently: characters that end a line
     * in YAML 1.1 alone, and a merge key behind a field that it would give another value. Tags are kept and merge keys
     * followed in trees, as in {@link #CONFIGURATION}.
     */
    FOREIGN,

    /**
     * Files of a tool that changes objects before it follows merge keys. As {@link #FOREIGN}; trees have merge keys as they are
     * written, for {@link MergeKeys}.
     */
    UNMERGED,

    /**
     * Files of this project, which nothing else reads. A tag of the core schema decides the type of a scalar, any other is
     * kept for its reader to refuse, and merge keys ({@code <<}) are followed in trees.
     */
    CONFIGURATION
}
