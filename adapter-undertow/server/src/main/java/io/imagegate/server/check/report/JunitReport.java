package io.imagegate.server.check.report;

import io.imagegate.document.PolicyTestResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Results of policy tests in JUnit's XML, which CI servers read: a suite for each test, a case for each case. */
public final class JunitReport {

    private final XMLStreamWriter xml;

    private JunitReport(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /**
     * Writes results.
     *
     * @param out where they are written
     * @param results the results
     * @throws IOException if they cannot be written
     */
    public static void write(PrintWriter out, List<PolicyTestResult> results) throws IOException {
        Map<String, List<PolicyTestResult>> suites = results.stream()
                .collect(Collectors.groupingBy(PolicyTestResult::test, LinkedHashMap::new, Collectors.toList()));
        try {
            new JunitReport(XMLOutputFactory.newInstance().createXMLStreamWriter(out)).suites(suites);
        } catch (XMLStreamException e) {
            throw new IOException("the report cannot be written", e);
        }
        out.println();
    }

    private void suites(Map<String, List<PolicyTestResult>> suites) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("testsuites");
        for (Map.Entry<String, List<PolicyTestResult>> suite : suites.entrySet()) {
            xml.writeStartElement("testsuite");
            attribute("name", suite.getKey());
            xml.writeAttribute("tests", String.valueOf(suite.getValue().size()));
            xml.writeAttribute("failures", String.valueOf(failed(suite.getValue())));
            for (PolicyTestResult result : suite.getValue()) {
                testCase(result);
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
        xml.writeEndDocument();
        xml.flush();
    }

    private static long failed(List<PolicyTestResult> results) {
        return results.stream().filter(r -> !r.passed()).count();
    }

    private void testCase(PolicyTestResult result) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute("classname", result.test());
        attribute("name", result.testCase());
        if (!result.passed()) {
            xml.writeStartElement("failure");
            attribute("message", result.failures().get(0));
            xml.writeCharacters(
                    result.failures().stream().map(ShownText::escape).collect(Collectors.joining("\n")));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    /** XML cannot represent most control characters, not even as references. */
    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, ShownText.escape(value));
    }
}
