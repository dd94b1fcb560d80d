package io.imagegate.kubernetes;

/**
 * Receives the objects in a document, one by one.
 *
 * @since 0.1
 */
public interface ObjectListener {

    /**
     * Called for each object.
     *
     * @param line the line where it starts, from 1; 0 in a list of an API server
     * @param object the object
     */
    void object(int line, KubernetesObject object);

    /**
     * Called for each recorded review.
     *
     * @param line the line where it starts, from 1
     * @param request the request of the review
     */
    void review(int line, ReviewRequest request);
}
