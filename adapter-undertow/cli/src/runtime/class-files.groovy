// Gives class files of picocli in the runnable jar the version of Java 8. Those of Java 5, which it has, are verified by a slow
// verifier, and an AOT cache leaves them out, with all that implement or extend them.
import groovyjarjarasm.asm.ClassReader
import groovyjarjarasm.asm.ClassVisitor
import groovyjarjarasm.asm.ClassWriter
import groovyjarjarasm.asm.Opcodes
import java.nio.file.Files
import java.nio.file.StandardCopyOption
import java.util.zip.ZipEntry
import java.util.zip.ZipFile
import java.util.zip.ZipOutputStream

class Writer extends ClassWriter {

  ClassLoader loader

  Writer(ClassLoader loader) {
    super(ClassWriter.COMPUTE_FRAMES)
    this.loader = loader
  }

  @Override
  protected ClassLoader getClassLoader() {
    loader
  }
}

class Newer extends ClassVisitor {

  Newer(ClassVisitor next) {
    super(Opcodes.ASM9, next)
  }

  @Override
  void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
    super.visit(Math.max(version, Opcodes.V1_8), access, name, signature, parent, interfaces)
  }
}

def jar = new File(project.properties['runnable.jar'])
def changed = new File(jar.path + '.changed')
def loader = new URLClassLoader([jar.toURI().toURL()] as URL[], ClassLoader.platformClassLoader)
new ZipFile(jar).withCloseable { zip ->
  new ZipOutputStream(changed.newOutputStream()).withCloseable { out ->
    zip.entries().each { entry ->
      byte[] content = zip.getInputStream(entry).bytes
      if (entry.name.startsWith('picocli/') && entry.name.endsWith('.class')) {
        def writer = new Writer(loader)
        new ClassReader(content).accept(new Newer(writer), 0)
        content = writer.toByteArray()
      }
      def copy = new ZipEntry(entry.name)
      copy.timeLocal = entry.timeLocal
      out.putNextEntry(copy)
      out.write(content)
      out.closeEntry()
    }
  }
}
loader.close()
Files.move(changed.toPath(), jar.toPath(), StandardCopyOption.REPLACE_EXISTING)
