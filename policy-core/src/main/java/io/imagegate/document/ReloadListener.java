package io.imagegate.document;

import io.imagegate.policy.PolicySet;

/**
 * Hears what becomes of policy files that change, for logs and metrics. Called on the thread that watches them.
 *
 * @since 0.1
 */
public interface ReloadListener {

    /**
     * New policies hold from now on.
     *
     * @param policies the policies
     */
    void loaded(PolicySet policies);

    /**
     * The files cannot be used as they are now. The policies that held before still do.
     *
     * @param problems what is wrong with them
     */
    void refused(PolicyDocumentException problems);
}
