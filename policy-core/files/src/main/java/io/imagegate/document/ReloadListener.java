package io.imagegate.document;

import io.imagegate.policy.PolicySet;

/**
 * Called for each load of policy files, for logs and metrics, on the thread that watches them.
 *
 * @since 0.1
 */
public interface ReloadListener {

    /**
     * Called when new policies are active.
     *
     * @param policies the policies
     * @param digest the SHA-256 of their files, as {@link LivePolicies#digest()} tells it
     */
    void loaded(PolicySet policies, String digest);

    /**
     * Called when the files are invalid. The last valid policies stay active.
     *
     * @param problems the problems of the files
     */
    void refused(PolicyDocumentException problems);
}
