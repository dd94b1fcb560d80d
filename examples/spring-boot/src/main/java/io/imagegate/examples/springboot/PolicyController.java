package io.imagegate.examples.springboot;

import io.imagegate.gate.LiveGate;
import io.imagegate.policy.Policy;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Endpoint of the service that lists the active policies. */
@RestController
class PolicyController {

    private final LiveGate gate;

    PolicyController(LiveGate gate) {
        this.gate = gate;
    }

    @GetMapping("/policies")
    List<String> names() {
        return gate.state().policies().policies().stream().map(Policy::name).toList();
    }
}
