package io.imagegate.server.notify;

import io.imagegate.server.log.TimeText;
import java.io.StringWriter;
import java.util.UUID;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * An event of CloudEvents 1.0 in the structured mode of its HTTP binding.
 *
 * @param outcome what happened
 * @param id its id, which repeats in further attempts to send it
 * @param body the event in JSON
 */
record CloudEvent(NotifiedOutcome outcome, String id, String body) {

    static final String MEDIA_TYPE = "application/cloudevents+json; charset=utf-8";

    private static final JsonFactory JSON = new JsonFactory();

    static CloudEvent of(String source, Occurrences what) {
        String id = UUID.randomUUID().toString();
        StringWriter body = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), body)) {
            json.writeStartObject();
            json.writeStringProperty("specversion", "1.0");
            json.writeStringProperty("id", id);
            json.writeStringProperty("source", source);
            json.writeStringProperty("type", "io.imagegate." + what.outcome().label());
            json.writeStringProperty("time", TimeText.of(what.last()));
            json.writeStringProperty("datacontenttype", "application/json");
            json.writeObjectPropertyStart("data");
            json.writeNumberProperty("count", what.count());
            json.writeStringProperty("first", TimeText.of(what.first()));
            json.writeStringProperty("last", TimeText.of(what.last()));
            json.writeArrayPropertyStart("examples");
            what.examples().forEach(json::writeRawValue);
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
        }
        return new CloudEvent(what.outcome(), id, body.toString());
    }
}
