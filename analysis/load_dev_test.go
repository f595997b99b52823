package analysis
import ("testing";"os";"github.com/kconfig-ls/kconfig-ls/analysis/vfs";"time";"fmt")
func TestDiagDev(t *testing.T){
 for _,dir:=range []string{"/tmp/linux/linux-source-6.12","/tmp/linux/linux-source-6.1","/tmp/corpora/u-boot/u-boot","/tmp/corpora/barebox/barebox","/tmp/corpora/coreboot/coreboot","/tmp/corpora/buildroot/buildroot","/tmp/corpora/zephyr-intel-2024/zephyr-intel-2024","/tmp/corpora/esp-idf/esp-idf","/tmp/corpora/qemu-10.2.2/qemu-10.2.2","/tmp/corpora/busybox-1.38-generated/busybox-1.38-generated"}{
 if d:=os.Getenv("D"); d!="" && d!=dir {continue}
 s,r,err:=Load(vfs.OS{},dir,Settings{},nil)
 if err!=nil||r==nil{t.Error(dir,err,r);continue}
 archs:=r.Archs()
 if len(archs)==0 {archs=[]string{""}}
 fmt.Println("==",dir,r.Dialect,archs)
 for _,a:=range archs{
  t0:=time.Now()
  ds:=DiagnoseRoot(s,r,a)
  c:=map[string]int{}
  for _,d:=range ds{c[d.Code+" "+d.Severity.String()]++}
  fmt.Println(a,len(r.View(a).ExpandedDefinitions("x")),time.Since(t0),c)
  n:=0
  for _,d:=range ds{ if d.Code!="undefined-symbol" && n<4{ n++; tr:=s.Text(d.Path); l:=0; if tr!=nil{l=tr.Line(d.Start)+1}; fmt.Println("  ",d.Path[len(r.Dir)+1:],l,d.Code,d.Severity,d.Message)}}
 }
 }
}
