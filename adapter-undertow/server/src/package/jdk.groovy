// Stops a release that has no JDK 25, before anything is built.
def folder = new File(session.userProperties.getProperty('release.jdk', project.properties['release.jdk']))
def release = new File(folder, 'release')
if (!new File(folder, 'bin/jlink').canExecute() || !release.file || !(release.text =~ /(?m)^JAVA_VERSION="25/)) {
  throw new org.apache.maven.plugin.MojoFailureException(
      "the packages need a JDK 25, and ${folder} is none: expected -Drelease.jdk=DIR, the folder of one")
}
