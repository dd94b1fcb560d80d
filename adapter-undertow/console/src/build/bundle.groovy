// Bundles the pages of src/main/web into target/classes/io/imagegate/console/web, with esbuild.
//
// Files that never change under their name (those below assets/) carry a hash of their content in it, and pages name them so. Each
// has a gzipped twin. index.txt lists all of them for WebPages. The same sources give the same bytes. Nothing is done when
// nothing changed.
import java.security.MessageDigest
import java.util.jar.JarFile
import java.util.zip.GZIPOutputStream

final LIMIT = 300_000
final ENTRIES = ['console/console.js', 'playground/playground.js', 'shared/first.js', 'style.css']
final TYPES = [html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8',
               json: 'application/json', svg: 'image/svg+xml']

def base = project.basedir
def sources = new File(base, 'src/main/web')
def work = new File(project.build.directory, 'web')
def classes = new File(project.build.outputDirectory)
def web = new File(classes, 'io/imagegate/console/web')
def licences = new File(classes, 'META-INF/LICENSE-CODEMIRROR')

def filesBelow = { File folder ->
  def files = []
  if (folder.directory) {
    folder.eachFileRecurse { if (it.file) files << it }
  }
  files.sort { folder.toPath().relativize(it.toPath()).toString().replace('\\', '/') }
}
def nameIn = { File folder, File file -> folder.toPath().relativize(file.toPath()).toString().replace('\\', '/') }
def emptied = { File folder ->
  folder.deleteDir()
  folder.mkdirs()
  folder
}
def schema = new File(base, '../../policy-core/files/src/main/resources/io/imagegate/document/imagepolicy.schema.json')
def jars = filesBelow(new File(work, 'jars'))
// What work has of these is written by examples.groovy.
def dataFiles = [schema] + filesBelow(new File(sources, 'assets')) + filesBelow(new File(work, 'assets'))

// Skipped when neither an input nor an output is another.
def digestOf = { List<File> files ->
  def digest = MessageDigest.getInstance('SHA-256')
  files.each {
    digest.update("${it.name} ${it.length()}\n".getBytes('UTF-8'))
    it.eachByte(65536) { bytes, length -> digest.update(bytes, 0, length) }
  }
  digest.digest().encodeHex().toString()
}
def state = { ->
  digestOf(filesBelow(new File(base, 'src/build')) + filesBelow(sources) + dataFiles + jars) + ' ' + digestOf(filesBelow(web))
}
def stamp = new File(work, 'stamp')
if (stamp.file && licences.file && stamp.text == state()) {
  return
}
stamp.delete()

// What stands below META-INF/resources/_static/.../VERSION/ in a jar of mvnpm.
def unpack = { File jar, Closure<File> target ->
  new JarFile(jar).withCloseable { file ->
    file.stream().filter { !it.directory }.each { entry ->
      def path = entry.name =~ '^META-INF/resources/_static/(?:.+?)/\\d+(?:\\.\\d+)+/([^.][^:]*)$'
      if (path) {
        def to = target(path.group(1))
        if (to != null) {
          to.parentFile.mkdirs()
          file.getInputStream(entry).withCloseable { from -> to.bytes = from.bytes }
        }
      }
    }
  }
}
// The jar of a package has the name of its scope, a plus, and its own: codemirror+view-6.41.0.jar is @codemirror/view.
def packages = jars.findAll { !it.name.startsWith('esbuild+') }
def modules = emptied(new File(work, 'node_modules'))
def licenceTexts = new TreeMap<String, String>()
packages.each { jar ->
  def name = jar.name.replaceFirst('-\\d.*', '')
  def folder = new File(modules, name.contains('+') ? "@${name.replace('+', '/')}" : name)
  if (folder.exists()) {
    throw new IllegalStateException("$work/jars has two versions of $name: delete that folder")
  }
  unpack(jar) { path -> path ==~ 'package\\.json|LICENSE|.*\\.js' ? new File(folder, path) : null }
  licenceTexts[nameIn(modules, folder) + ' ' + (jar.name =~ '-(\\d.*)\\.jar$')[0][1]] = new File(folder, 'LICENSE').getText('UTF-8')
}
def esbuild = new File(work, 'esbuild')
unpack(jars.find { it.name.startsWith('esbuild+') }) { path -> path ==~ '(bin/)?esbuild(\\.exe)?' ? esbuild : null }
esbuild.executable = true

def bundles = emptied(new File(work, 'bundles'))
def command = [esbuild.path, '--bundle', '--minify', '--format=esm', '--target=es2022', '--charset=utf8', '--legal-comments=none',
               '--log-level=warning', '--entry-names=[name]', "--outdir=$bundles"] + ENTRIES
def process = new ProcessBuilder(command*.toString()).directory(sources).redirectErrorStream(true)
process.environment()['NODE_PATH'] = modules.path
def running = process.start()
running.outputStream.close()
def said = running.inputStream.getText('UTF-8')
if (running.waitFor() != 0) {
  throw new IllegalStateException("esbuild cannot bundle $sources:\n$said")
}
if (said) {
  log.warn(said)
}

emptied(web)
def lines = new TreeMap<String, String>()
long weight = 0
def gzipped = { byte[] content ->
  def out = new ByteArrayOutputStream()
  new GZIPOutputStream(out).withCloseable { it.write(content) }
  out.toByteArray()
}
def write = { String path, byte[] content, String flags ->
  def file = new File(web, path)
  file.parentFile.mkdirs()
  file.bytes = content
  def small = gzipped(content)
  new File(web, "${path}.gz").bytes = small
  weight += small.length
  lines[path] = "$path\t${TYPES[path.replaceFirst('.*\\.', '')]}\tgzip$flags\n".toString()
}

def names = new TreeMap<String, String>()
(filesBelow(bundles) + dataFiles).each { file ->
  byte[] content = file.bytes
  def hash = MessageDigest.getInstance('SHA-256').digest(content).encodeHex().toString().substring(0, 10)
  String hashed = 'assets/' + file.name.replaceFirst('(\\.[a-z]+)$', "-$hash\$1")
  if (names.put('assets/' + file.name, hashed) != null) {
    throw new IllegalStateException("Two assets have the name $file.name")
  }
  write(hashed, content, ' immutable')
}
sources.listFiles().findAll { it.name.endsWith('.html') }.sort().each { page ->
  def text = page.getText('UTF-8').replaceAll('"(assets/[^"]*)"') { all, name ->
    if (!names.containsKey(name)) {
      throw new IllegalStateException("$page names $name, which is no asset. There are ${names.keySet().join(', ')}")
    }
    "\"${names[name]}\""
  }
  write(page.name, text.getBytes('UTF-8'), '')
}
new File(web, 'index.txt').setText(lines.values().join(''), 'UTF-8')
if (weight > LIMIT) {
  throw new IllegalStateException("The pages weigh $weight bytes gzipped, more than $LIMIT:\n"
      + filesBelow(web).findAll { it.name.endsWith('.gz') }.collect { "${it.length()} ${it.name}" }.join('\n'))
}

licences.parentFile.mkdirs()
licences.setText('The pages of the console and the playground contain these packages.\n'
    + licenceTexts.collect { name, text -> "\n$name\n\n$text" }.join(''), 'UTF-8')
log.info("The pages weigh $weight bytes gzipped")
stamp.text = state()
