package io.imagegate.bench;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What a webhook written with Jackson's databind would do about bytes, and nothing about images. */
final class DatabindReview {

    private final JsonMapper mapper = JsonMapper.builder().build();

    record Container(@Nullable String image) {}

    record Spec(
            @Nullable List<Container> containers,
            @Nullable Map<String, String> annotations,
            @Nullable String namespace) {}

    record Status(boolean allowed, @Nullable String reason) {}

    record Review(
            @Nullable String kind,
            @Nullable String apiVersion,
            @Nullable Map<String, Object> metadata,
            @Nullable Spec spec,
            @Nullable Status status) {}

    byte[] records(byte[] body) {
        Review review = mapper.readValue(body, Review.class);
        Status allowed = new Status(true, null);
        return mapper.writeValueAsBytes(
                new Review(review.kind(), review.apiVersion(), review.metadata(), review.spec(), allowed));
    }

    byte[] beans(byte[] body) {
        Bean review = mapper.readValue(body, Bean.class);
        review.status = new StatusBean();
        review.status.allowed = true;
        return mapper.writeValueAsBytes(review);
    }

    static final class ContainerBean {
        public @Nullable String image;
    }

    static final class SpecBean {
        public @Nullable List<ContainerBean> containers;
        public @Nullable Map<String, String> annotations;
        public @Nullable String namespace;
    }

    static final class StatusBean {
        public boolean allowed;
        public @Nullable String reason;
    }

    static final class Bean {
        public @Nullable String kind;
        public @Nullable String apiVersion;
        public @Nullable Map<String, Object> metadata;
        public @Nullable SpecBean spec;
        public @Nullable StatusBean status;
    }
}
