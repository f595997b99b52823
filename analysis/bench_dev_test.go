package analysis
import ("testing";"github.com/kconfig-ls/kconfig-ls/analysis/vfs";"os";"path/filepath";"sync")
func BenchmarkDevLoad(b *testing.B){
 p,_:=locate(vfs.OS{},"/tmp/linux/linux-source-6.12/drivers/net/Kconfig")
 for b.Loop(){ loadRoot(vfs.OS{},p,&Settings{},nil) }
}
func BenchmarkDevRead(b *testing.B){
 p,_:=locate(vfs.OS{},"/tmp/linux/linux-source-6.12/drivers/net/Kconfig")
 r,_:=loadRoot(vfs.OS{},p,&Settings{},nil)
 var paths []string
 for id:=range r.View("x86").Files(){ paths=append(paths,filepath.Join(r.Dir,r.Sources.File(id).Path))}
 for b.Loop(){
  ch:=make(chan string); var wg sync.WaitGroup
  for range 2 { wg.Go(func(){ for p:=range ch { os.ReadFile(p)} }) }
  for _,p:=range paths{ch<-p}; close(ch); wg.Wait()
 }
}
