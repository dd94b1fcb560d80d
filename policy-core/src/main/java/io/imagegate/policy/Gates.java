package io.imagegate.policy;

import java.util.List;

/**
 * Gates that are opened and closed together, as those of a {@code LiveGate}. Whatever takes an {@link ImageGate} takes these, too.
 *
 * @since 0.1
 */
public interface Gates {

    /**
     * {@return the gate of the policies without a name}
     *
     * @throws IllegalArgumentException if all policies have names
     */
    ImageGate gate();

    /** {@return all gates; that of policies without a name comes first, and has the {@linkplain ImageGate#DEFAULT_NAME default name}} */
    List<ImageGate> gates();
}
