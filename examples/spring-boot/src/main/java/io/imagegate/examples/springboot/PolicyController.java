package io.imagegate.examples.springboot;

import io.imagegate.document.LivePolicies;
import io.imagegate.policy.Policy;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Endpoint of the service that lists the active policies. */
@RestController
class PolicyController {

    private final LivePolicies policies;

    PolicyController(LivePolicies policies) {
        this.policies = policies;
    }

    @GetMapping("/policies")
    List<String> names() {
        return policies.get().policies().stream().map(Policy::name).toList();
    }
}
