// Writes what the playground offers into target/web/assets, for bundle.groovy: the built-in policies and the examples of policies,
// each with its cases as requests to the playground. A policy that names files gets their content, because the playground reads no
// files. What is written depends on these sources alone.
import java.nio.file.Files
import java.nio.file.Path
import org.snakeyaml.engine.v2.api.Dump
import org.snakeyaml.engine.v2.api.DumpSettings
import org.snakeyaml.engine.v2.api.Load
import org.snakeyaml.engine.v2.api.LoadSettings
import org.snakeyaml.engine.v2.common.FlowStyle

class Json {

  static String of(Object value) {
    switch (value) {
      case Map: return '{' + value.collect { key, of -> quoted(key) + ':' + Json.of(of) }.join(',') + '}'
      case List: return '[' + value.collect { Json.of(it) }.join(',') + ']'
      default: return quoted(value as String)
    }
  }

  /** In one line, and the same in JSON and in YAML. */
  static String quoted(String text) {
    def escaped = text.collect { c ->
      c == '"' || c == '\\' ? "\\$c" : c == '\n' ? '\\n' : (c as char) < 32 ? String.format('\\u%04x', (int) (c as char)) : c
    }
    '"' + escaped.join('') + '"'
  }
}

class Yaml {

  static final LoadSettings READ = LoadSettings.builder().build()
  static final DumpSettings BLOCKS =
      DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(1000).setIndicatorIndent(2).setIndentWithIndicator(true).build()

  static Object read(Path file) {
    new Load(READ).loadFromString(Files.readString(file))
  }

  static String of(Object value) {
    new Dump(BLOCKS).dumpToString(value)
  }
}

/** An example of policy-core: see PolicyExample and ExampleCase there, which have the same meaning. */
class Example {

  static final String AT = '2026-11-25T12:00:00Z'
  static final List OF_REVIEWS = ['user', 'groups', 'old', 'operation']
  static final List OF_PODS = ['pod', 'object', 'labels', 'annotations', 'name']

  String name
  Map source

  /** {@return an example with its cases} */
  Map shown() {
    [name: name, title: source.title, titleZh: source.titleZh, policy: inline(source.policy), cases: source.cases.collect { shown(it) }]
  }

  Map shown(Map asked) {
    def facts = asked.facts ? inlinePredicates(Yaml.of(asked.facts)) : ''
    [title: titleOf(asked), asked: textOf(asked), namespace: asked.namespace ?: 'default', at: asked.at ?: AT, facts: facts,
      expected: asked.answer]
  }

  static String titleOf(Map asked) {
    def images = asked.image && !asked.object ? [asked.image].flatten().join(', ') : ''
    [images, asked.about].findAll().join(', ').replaceAll(/(@sha\d+:)[0-9a-f]+/, '$1…').replace('`', '')
  }

  /** A line of a list if that tells enough, else a manifest, else the request of the API server. */
  Map textOf(Map asked) {
    boolean isValidated = source.policy.contains('mutate:') && !asked.becomes
    if (isValidated || source.cases.any { it.keySet().any { OF_REVIEWS.contains(it) } } || (asked.object && !isBuiltIn(asked.object))) {
      return [input: 'kubernetes', text: Yaml.of(reviewOf(asked))]
    }
    boolean tellsEnough = (asked.imageReview ?: asked.answer) == asked.answer
    return asked.image instanceof String && tellsEnough && !asked.keySet().any { OF_PODS.contains(it) }
        ? [input: 'list', text: asked.image + '\n']
        : [input: 'kubernetes', text: Yaml.of(objectOf(asked))]
  }

  /** Of other kinds a command that reads manifests leaves those alone that name no image, and a webhook denies them. */
  static boolean isBuiltIn(Map object) {
    object.apiVersion in ['v1', 'apps/v1', 'batch/v1']
  }

  static Map objectOf(Map asked) {
    asked.object ?: podOf(asked, asked.pod ?: specOf(asked.image))
  }

  static Map podOf(Map asked, Map spec) {
    def metadata = [name: asked.name ?: 'web', namespace: asked.namespace ?: 'default']
    ['labels', 'annotations'].each { if (asked[it]) metadata[it] = asked[it] }
    [apiVersion: 'v1', kind: 'Pod', metadata: metadata, spec: spec]
  }

  static Map specOf(images) {
    [containers: [images].flatten().withIndex().collect { image, i -> [name: i ? "web-${i + 1}" as String : 'web', image: image] }]
  }

  static Map reviewOf(Map asked) {
    def object = objectOf(asked)
    def (group, version) = object.apiVersion.contains('/') ? object.apiVersion.split('/') : ['', object.apiVersion]
    def request = [uid: 'a', kind: [group: group, version: version, kind: object.kind]]
    if (asked.pod?.ephemeralContainers) {
      request.subResource = 'ephemeralcontainers'
    }
    request += [name: asked.name ?: 'web', namespace: asked.namespace ?: 'default',
      operation: asked.operation ?: asked.old ? 'UPDATE' : 'CREATE',
      userInfo: [username: asked.user ?: 'jane@example.com', groups: asked.groups ?: ['system:authenticated']], object: object]
    if (asked.old) {
      request.oldObject = asked.old instanceof Map ? asked.old : podOf(asked, specOf(asked.old))
    }
    [apiVersion: 'admission.k8s.io/v1', kind: 'AdmissionReview', request: request]
  }

  /** {@return a policy with the content of the files that it names} */
  String inline(String policy) {
    policy.replaceAll(/\{file: ([\w.-]+)((?:, [^}]*)?)\}/) { all, file, more ->
      def content = source.files[file]
      switch (file) {
        case ~/.*\.(pub|pem)/: return '{pem: ' + Json.quoted(content.stripIndent()) + more + '}'
        case ~/.*\.txt/: return '[' + content.readLines().findAll { !it.startsWith('#') }.collect { Json.quoted(it) }.join(', ') + ']'
        // The playground verifies nothing, so it needs no keys of logs.
        case 'trusted_root.json': return '{json: \'{"mediaType": "application/vnd.dev.sigstore.trustedroot+json;version=0.1"}\'}'
        default: throw new IllegalArgumentException("$name: $file")
      }
    }
  }

  /** {@return facts with the predicates that are files} */
  String inlinePredicates(String facts) {
    facts.replaceAll(/(?m)^( *)file: ([\w.-]+\.json)$/) { all, indent, file ->
      indent + 'json: |\n' + source.files[file].readLines().collect { indent + '  ' + it }.join('\n')
    }
  }
}

/** A built-in policy, whose cases are those of its policy test. */
class Builtin {

  static Map shown(Path folder, String name) {
    def text = Files.readString(folder.resolve(name + '.yaml'))
    def spec = Yaml.read(folder.resolve(name + '-test.yaml')).spec
    def title = text.readLines().takeWhile { it.startsWith('#') }.collect { it.substring(1).trim() }.join(' ')
    def cases = spec.cases.collect { [about: it.name, image: it.image ?: it.review.images, namespace: it.namespace,
      answer: it.expect.decision, facts: it.facts, at: it.at ?: spec.at] }
    new Example(name: 'builtin:' + name, source: [title: title, policy: text, files: [:], cases: cases]).shown()
  }
}

// A list of digests has to be a file.
final LEFT_OUT = ['revoked']

def root = project.basedir.toPath()
def core = root.resolve('../../policy-core')
def resources = core.resolve('files/src/main/resources/io/imagegate/document')
def chinese = Yaml.read(root.resolve('src/build/examples-zh-CN.yaml'))

def builtins = ['fixed-tags', 'no-local-registry', 'baseline', 'restricted'].collect { Builtin.shown(resources.resolve('policy/builtin'), it) }
def examples = Files.list(root.resolve('../../examples/policies')).toList().findAll { it.toString().endsWith('.yaml') }.sort()
    .collect { new Example(name: it.fileName.toString() - '.yaml', source: [files: [:]] + Yaml.read(it)) }
    .findAll { !LEFT_OUT.contains(it.name) }
// In the order of the page.
def sections = Files.readAllLines(core.resolve('POLICY-EXAMPLES.md')).findResults { (it =~ /^\| ([^`\[]+) \| policy \|$/).findAll()[0]?.get(1) }
def groups = [[name: 'Built-in policies', examples: builtins]] +
    sections.collect { section -> [name: section, examples: examples.findAll { it.source.section == section }*.shown()] }
assert groups.sum { it.examples.size() } == builtins.size() + examples.size()
groups.each { group ->
  group.nameZh = chinese.groups[group.name]
  group.examples.each { it.titleZh = chinese.titles[it.name] }
  assert group.nameZh && group.examples.every { it.titleZh } : "src/build/examples-zh-CN.yaml has no Chinese of ${group.name} or one of its examples"
}

def target = Files.createDirectories(Path.of(project.build.directory, 'web/assets'))
Files.writeString(target.resolve('examples.json'), Json.of([groups: groups]))
