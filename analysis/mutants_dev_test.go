package analysis
import ("bufio";"encoding/json";"os";"testing";"github.com/kconfig-ls/kconfig-ls/analysis/vfs";"github.com/kconfig-ls/kconfig-ls/analysis/check";"time")
func TestMutantsDev(t *testing.T){
	dir := "/work/shared/oracles/mutants/"
	f, _ := os.Open(dir + "mutants.jsonl")
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<24)
	n,bad:=0,0
	for sc.Scan() {
		var m struct { ID, Kind, Desc string; V map[string]any `json:"conf-6.12"` }
		json.Unmarshal(sc.Bytes(), &m)
		s,err:=LoadSingle(vfs.OS{},dir+"files/"+m.ID+".Kconfig",Settings{})
		if err!=nil {t.Fatal(err)}
		n++
		errs:=0; msg:=""
		for _,d:=range Diagnose(s,dir+"files/"+m.ID+".Kconfig",true){ if d.Severity==check.Error{errs++; if msg=="" {msg=d.Message}} }
		if (errs==0)!=m.V["accept"].(bool){ bad++; t.Log(m.ID,m.Kind,m.Desc,m.V,msg) }
	}
	t.Log(n,bad)
}
func TestCyclesDev(t *testing.T){
 for _,dir:=range []string{"/tmp/linux/linux-source-6.12","/tmp/linux/linux-source-6.1","/tmp/corpora/u-boot/u-boot","/tmp/corpora/zephyr-intel-2024/zephyr-intel-2024","/tmp/corpora/buildroot/buildroot","/tmp/corpora/coreboot/coreboot","/tmp/corpora/barebox/barebox"}{
 _,r,_:=Load(vfs.OS{},dir,Settings{},nil)
 archs:=r.Archs(); if len(archs)==0{archs=[]string{""}}
 for _,a:=range archs{
  v:=r.View(a)
  t0:=time.Now()
  for _,f:=range check.Cycles(r.Sources,v,r.Dialect){ t.Log(dir,a,f.File.Path,f.Message)}
  if a=="x86"||a==""{t.Log(time.Since(t0))}
 }}
}
