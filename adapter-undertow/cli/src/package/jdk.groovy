// Finds the JDK 25 whose Java runtime the packages have, and stops a release without one before anything is built.
def isJdk25 = { folder ->
  def release = new File(folder, 'release')
  new File(folder, 'bin/jlink').canExecute() && release.file && release.text =~ /(?m)^JAVA_VERSION="25/
}
def expected = 'expected -Drelease.jdk=DIR or the environment variable IMAGEGATE_JDK25, the folder of one'
def given = session.userProperties.getProperty('release.jdk') ?: System.getenv('IMAGEGATE_JDK25')
def installed = new File('/usr/lib/jvm').listFiles()?.sort()*.path ?: []
def places = given ? [given] : [System.getProperty('java.home'), System.getenv('JAVA_HOME'), *installed]
def found = places.find { it && isJdk25(it) }
if (!found) {
  throw new org.apache.maven.plugin.MojoFailureException("the packages need a JDK 25, and " +
      (given ? "${given} is none" : "neither Java's and JAVA_HOME nor a folder in /usr/lib/jvm is one") + ": ${expected}")
}
log.info("the packages get the Java runtime of ${found}")
found
